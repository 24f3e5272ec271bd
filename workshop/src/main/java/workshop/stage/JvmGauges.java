package workshop.stage;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import workshop.db.WorkshopException;

/** What the JVM of a service tells of itself, by JMX: attached from outside, nothing has to be started with it. */
public final class JvmGauges implements AutoCloseable {
    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final CompilationMXBean compiler;
    private final OperatingSystemMXBean system;
    private final List<MemoryPoolMXBean> heap;

    private JvmGauges(JMXConnector connector) throws IOException {
        this.connector = connector;
        var connection = connector.getMBeanServerConnection();
        this.threads = ManagementFactory.getPlatformMXBean(connection, ThreadMXBean.class);
        this.memory = ManagementFactory.getPlatformMXBean(connection, MemoryMXBean.class);
        this.compiler = ManagementFactory.getPlatformMXBean(connection, CompilationMXBean.class);
        this.system = ManagementFactory.getPlatformMXBean(connection, OperatingSystemMXBean.class);
        this.heap = ManagementFactory.getPlatformMXBeans(connection, MemoryPoolMXBean.class).stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** @param name of what runs there, for a message */
    public static JvmGauges of(ProcessHandle process, String name) {
        try {
            var jvm = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                return new JvmGauges(JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent())));
            } finally {
                jvm.detach();
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw new WorkshopException("The JVM of " + name + " cannot be asked: " + e.getMessage(), e);
        }
    }

    /** @return threads of the operating system now; virtual threads are none of them */
    public int threads() {
        return threads.getThreadCount();
    }

    /** @return nanoseconds of CPU that each living thread of this name has used since its start, by its id */
    public Map<Long, Long> cpuNanos(Pattern name) {
        var ids = threads.getAllThreadIds();
        var infos = threads.getThreadInfo(ids);
        var nanos = threads.getThreadCpuTime(ids);
        // A thread that has ended meanwhile has no info.
        return IntStream.range(0, ids.length)
                .filter(i -> infos[i] != null
                        && name.matcher(infos[i].getThreadName()).matches())
                .boxed()
                .collect(Collectors.toMap(i -> ids[i], i -> nanos[i]));
    }

    /** @return the most threads of the operating system since {@link #resetPeaks()} */
    public int peakThreads() {
        return threads.getPeakThreadCount();
    }

    /**
     * @return bytes that all threads, also those that have ended, allocated since the JVM's start; virtual threads' bytes are
     *     their carriers'. The counter that JFR's {@code jdk.ThreadAllocationStatistics} reads: exact, without a recording.
     */
    public long allocatedBytes() {
        return threads.getTotalThreadAllocatedBytes();
    }

    /** @return what the process has used of the processors since its start */
    public Duration processorTime() {
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    /** @return milliseconds that compilations took which have ended, since the JVM's start; several run at once */
    public long compileMillis() {
        return compiler.getTotalCompilationTime();
    }

    /** @return no less than the most bytes that objects took since {@link #resetPeaks()}, garbage included: young and old may have had theirs at different moments */
    public long peakHeap() {
        return heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    /** @return the most bytes since {@link #resetPeaks()} in the pool of objects that outlive collections */
    public long peakOldGeneration() {
        return heap.stream()
                .filter(pool ->
                        pool.getName().contains("Tenured") || pool.getName().contains("Old"))
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    /** Collects the garbage; peaks count from now on. */
    public void resetPeaks() {
        memory.gc();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        threads.resetPeakThreadCount();
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // The JVM that it was connected to has ended.
            System.getLogger(JvmGauges.class.getName()).log(System.Logger.Level.DEBUG, "not closed", e);
        }
    }
}
