package io.storageconnections.architecture.planted.domain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

final class MutableStaticState {

  static int count;
  static final AtomicInteger COUNT = new AtomicInteger();
  static final int[] COUNTS = {0};
  static final ThreadLocal<Integer> COUNT_OF_THREAD = new ThreadLocal<>();
  static final StringBuilder TEXT = new StringBuilder();
  static final EnumSet<Thread.State> STATES = EnumSet.noneOf(Thread.State.class);
  static final ArrayList<String> NAMES = new ArrayList<>();
  static final List<String> NAMES_BEHIND_AN_INTERFACE = new ArrayList<>();
  static final Map<String, String> TEXTS_BEHIND_AN_INTERFACE = new HashMap<>();
}
