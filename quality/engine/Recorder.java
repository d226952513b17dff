import java.nio.charset.StandardCharsets;
import java.util.*;
import org.mozilla.javascript.*;

/** Runs scripts as the vendor's engine does. Reads and writes lines of an id, a tab and text in base64. */
public class Recorder {
    private static long deadline;

    /** Interpreted, language version 0, and no wrap factory. */
    static class Factory extends ContextFactory {
        @Override
        protected Context makeContext() {
            Context context = super.makeContext();
            context.setOptimizationLevel(-1);
            context.setLanguageVersion(Context.VERSION_DEFAULT);
            context.setMaximumInterpreterStackDepth(2000);
            context.setInstructionObserverThreshold(10_000);
            return context;
        }

        @Override
        protected void observeInstructionCount(Context context, int count) {
            if (System.nanoTime() > deadline) throw new Error("The script takes too long");
        }
    }

    /** The scope of a script: Java values in a map. It isn't ConstProperties, so constants have no place in it. */
    static class Bindings implements Scriptable {
        final Map<String, Object> values = new HashMap<>();
        private Scriptable prototype;
        private Scriptable parent;

        Bindings(Scriptable standard) {
            prototype = standard;
            values.put("sharedState", sharedState());
            values.put("requestHeaders", Map.of("x-device", List.of("phone", "tablet")));
            values.put("realm", "/alpha");
        }

        public String getClassName() { return "Bindings"; }
        public Object get(String name, Scriptable start) {
            return values.containsKey(name) ? Context.javaToJS(values.get(name), this) : NOT_FOUND;
        }
        public Object get(int index, Scriptable start) { return get(String.valueOf(index), start); }
        public boolean has(String name, Scriptable start) { return values.containsKey(name); }
        public boolean has(int index, Scriptable start) { return has(String.valueOf(index), start); }
        public void put(String name, Scriptable start, Object value) {
            values.put(name, value instanceof Wrapper ? ((Wrapper) value).unwrap() : value);
        }
        public void put(int index, Scriptable start, Object value) { put(String.valueOf(index), start, value); }
        public void delete(String name) { values.remove(name); }
        public void delete(int index) { delete(String.valueOf(index)); }
        public Scriptable getPrototype() { return prototype; }
        public void setPrototype(Scriptable value) { prototype = value; }
        public Scriptable getParentScope() { return parent; }
        public void setParentScope(Scriptable value) { parent = value; }
        public Object[] getIds() { return values.keySet().toArray(); }
        public Object getDefaultValue(Class<?> hint) { return ScriptableObject.getDefaultValue(this, hint); }
        public boolean hasInstance(Scriptable instance) { return false; }
    }

    /** The state that sandbox-runs.ts gives to each script as well. */
    static Map<String, Object> sharedState() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("mail", "a@b.example");
        state.put("method", "sms");
        state.put("empty", "");
        state.put("count", 5);
        state.put("flag", false);
        state.put("active", true);
        state.put("roles", new ArrayList<>(List.of("staff", "admin")));
        state.put("address", new LinkedHashMap<>(Map.of("city", "Bonn")));
        return state;
    }

    static String run(String source) {
        deadline = System.nanoTime() + 2_000_000_000L;
        Context context = new Factory().enterContext();
        try {
            Script script;
            try {
                script = context.compileString(source, "snippet", 1, null);
            } catch (Throwable error) {
                return "! parse";
            }
            Bindings scope = new Bindings(context.initStandardObjects());
            script.exec(context, scope);
            return scope.values.containsKey("outcome") ? String.valueOf(scope.values.get("outcome")) : "undefined";
        } catch (Throwable error) {
            if (System.getenv("SHOW_ERRORS") != null) System.err.println(source + "\n    " + error);
            return "! run";
        } finally {
            Context.exit();
        }
    }

    public static void main(String[] arguments) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Locale.setDefault(Locale.US);
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            String[] fields = lines.nextLine().split("\t");
            String source = new String(Base64.getDecoder().decode(fields[1]), StandardCharsets.UTF_8);
            byte[] result = run(source).getBytes(StandardCharsets.UTF_8);
            System.out.println(fields[0] + "\t" + Base64.getEncoder().encodeToString(result));
        }
    }
}
