package otbridge.peers;

/** What the harness gives a program by its environment. */
public final class Setting {
  private Setting() {}

  public static String of(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) throw new IllegalStateException(name + " is missing");
    return value;
  }

  public static int number(String name) {
    return Integer.parseInt(of(name));
  }
}
