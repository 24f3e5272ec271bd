package workshop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workshop.db.Ports;

/** The site without Node: as a folder, as the release's archive, and not at all. */
class DocsCommandTest {
    @TempDir
    Path clone;

    private Path docs;

    @BeforeEach
    void makeAClone() throws IOException {
        Files.createFile(clone.resolve("run.sh"));
        docs = Files.createDirectory(clone.resolve("docs"));
        System.setProperty("workshop.root", clone.toString());
    }

    @AfterEach
    void restore() {
        System.clearProperty("workshop.root");
    }

    private HttpResponse<String> firstPage() throws IOException, InterruptedException {
        var port = Ports.free(0);
        var server = DocsCommand.serve(DocsCommand.builtSite(docs).orElseThrow(), port);
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/step/"));
            return client.send(request.build(), BodyHandlers.ofString());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theBuiltSiteIsServed() throws IOException, InterruptedException {
        Files.createDirectories(docs.resolve("dist/step"));
        Files.writeString(docs.resolve("dist/index.html"), "home");
        Files.writeString(docs.resolve("dist/step/index.html"), "a step");
        assertThat(firstPage().body()).isEqualTo("a step");
    }

    @Test
    void theReleasesArchiveIsServedAsItIs() throws IOException, InterruptedException {
        try (var archive = new ZipOutputStream(Files.newOutputStream(docs.resolve(DocsCommand.ARCHIVE)))) {
            archive.putNextEntry(new ZipEntry("index.html"));
            archive.putNextEntry(new ZipEntry("step/index.html"));
            archive.write("a step".getBytes(StandardCharsets.UTF_8));
        }
        var answer = firstPage();
        assertThat(answer.body()).isEqualTo("a step");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
    }

    @Test
    void whoHasNeitherIsToldWhatToDo() {
        var printed = new ByteArrayOutputStream();
        var err = new PrintWriter(printed, true, StandardCharsets.UTF_8);
        assertThat(Main.commandLine().setErr(err).setOut(err).execute("docs", "--built"))
                .isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("The site is not built here", "Node 22.12", DocsCommand.ARCHIVE)
                .doesNotContain("at workshop.");
    }

    @Test
    void onlyANodeThatTheSiteCanBeBuiltWithIsUsed() {
        assertThat(DocsCommand.canRun("v24.1.0")).isTrue();
        assertThat(DocsCommand.canRun("v22.12.0")).isTrue();
        assertThat(DocsCommand.canRun("v18.20.1")).isFalse();
        assertThat(DocsCommand.canRun("")).isFalse();
    }
}
