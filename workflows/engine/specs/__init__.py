"""The kinds of nodes a diagram is made of, as specs of the library whose behaviour is ours."""
