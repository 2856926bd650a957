"""From a message to an answer; knows no messenger."""
