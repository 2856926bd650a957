"""How we answer: the Frame, evidence, refusal, replies, and the ways to ask."""
