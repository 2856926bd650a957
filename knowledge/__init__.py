"""What we know: articles, passages, figures, names; read, validated and checked."""
