package io.odibi.it.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The reports of one build's integration tests.
 *
 * @param folder where they are
 * @param since when the build began: what is older is of another build
 */
record TestReports(Path folder, Instant since) {

    /** Returns why a test proves nothing in this build; empty if it ran and passed, in all of its forms. */
    Optional<String> fault(Proof proof) {
        Path report = folder.resolve("TEST-" + proof.type() + ".xml");
        try {
            if (!Files.exists(report)
                    || Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
                return Optional.of("did not run");
            }
            List<Element> runs = runs(report, proof.method());
            if (runs.isEmpty()) {
                return Optional.of("did not run");
            }
            return runs.stream()
                    .flatMap(run -> List.of("failure", "error", "skipped").stream()
                            .filter(end -> run.getElementsByTagName(end).getLength() > 0))
                    .findFirst()
                    .map(end -> end.equals("skipped") ? "was skipped" : "failed");
        } catch (IOException | ParserConfigurationException | SAXException unreadable) {
            return Optional.of("has a report that cannot be read: " + unreadable.getMessage());
        }
    }

    /** A test with parameters stands there once for each, under its name with something in brackets. */
    private static List<Element> runs(Path report, String method)
            throws IOException, ParserConfigurationException, SAXException {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        List<Element> runs = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element run = (Element) cases.item(i);
            if (run.getAttribute("name").equals(method)
                    || run.getAttribute("name").matches(method + "[(\\[{].*")) {
                runs.add(run);
            }
        }
        return runs;
    }
}
