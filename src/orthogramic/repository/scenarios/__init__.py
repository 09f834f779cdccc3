"""What-if: scenarios laid over what is there, and the difference that they make."""
