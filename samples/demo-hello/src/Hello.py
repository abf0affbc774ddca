def apply(input):
    return "Hello " + input
