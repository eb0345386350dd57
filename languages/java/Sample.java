import java.util.*;
import java.util.function.*;
import java.util.stream.*;

// What javac is shown when its class-data archive is made: a little of everything that programs are written with.
public class Sample {
    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    enum Size { SMALL, LARGE }

    @FunctionalInterface
    interface Measure<T extends Shape> {
        double of(T shape);
    }

    static abstract class Animal implements Comparable<Animal> {
        protected final String name;

        Animal(String name) {
            this.name = name;
        }

        abstract String sound();

        @Override
        public int compareTo(Animal other) {
            return name.compareTo(other.name);
        }
    }

    static <T extends Comparable<? super T>> T largest(Collection<? extends T> all) {
        return all.stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    static double area(Shape shape) {
        if (shape instanceof Circle circle) {
            return Math.PI * circle.radius() * circle.radius();
        }
        return shape instanceof Square square ? square.side() * square.side() : 0;
    }

    public static void main(String[] args) throws Exception {
        try (Scanner in = new Scanner(System.in)) {
            Map<String, List<Integer>> byName = new TreeMap<>();
            while (in.hasNextInt()) {
                byName.computeIfAbsent("n" + in.nextInt() % 3, name -> new ArrayList<>()).add(in.nextInt());
            }
            for (Map.Entry<String, List<Integer>> entry : byName.entrySet()) {
                int sum = 0;
                for (int value : entry.getValue()) {
                    sum += value;
                }
                System.out.printf("%s %d%n", entry.getKey(), sum);
            }
        } catch (InputMismatchException | IllegalStateException e) {
            System.err.println(e.getMessage());
        } finally {
            System.out.flush();
        }

        Measure<Circle> measure = Sample::area;
        Supplier<Animal> cat = () -> new Animal("cat") {
            @Override
            String sound() {
                return "meow";
            }
        };
        int[][] grid = {{1, 2}, {3, 4}};
        long[] fib = new long[20];
        fib[1] = 1;
        outer:
        for (int i = 2; i < fib.length; i++) {
            do {
                fib[i] = fib[i - 1] + fib[i - 2];
                if (fib[i] > 1_000L << 3) {
                    break outer;
                }
            } while (fib[i] < 0);
        }
        String text = """
            several
            lines""";
        String kind = switch (Size.valueOf("SMALL")) {
            case SMALL -> "s";
            case LARGE -> {
                char c = 'l';
                yield String.valueOf(c);
            }
        };
        var words = Stream.of(text.split("\\s+")).filter(word -> !word.isBlank()).collect(Collectors.groupingBy(String::length, Collectors.counting()));
        BiFunction<Integer, Integer, Integer> add = Integer::sum;
        synchronized (words) {
            System.out.println(kind + words + grid[1][0] + add.apply(1, 2) + measure.of(new Circle(1)) + cat.get().sound() + largest(List.of(1, 2)));
        }
        StringBuilder reversed = new StringBuilder(text).reverse();
        assert reversed.length() > 0 : "never";
        Thread thread = new Thread(() -> System.out.println(reversed));
        thread.start();
        thread.join();
    }
}
