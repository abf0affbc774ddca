package com.algorithmia;

/** Names a generic type, such as {@code new TypeToken<List<String>>() {}}. */
public abstract class TypeToken<T> extends com.google.gson.reflect.TypeToken<T> {}
