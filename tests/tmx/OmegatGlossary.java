// Reads a glossary with OmegaT's own readers and prints what its glossary pane would be given:
// source, translations and comment of each entry, separated by tabs.
// Usage: java -cp OmegaT.jar:... OmegatGlossary.java FILE

import java.io.File;
import java.util.List;
import org.omegat.gui.glossary.GlossaryEntry;
import org.omegat.gui.glossary.GlossaryReaderTBX;
import org.omegat.gui.glossary.GlossaryReaderTSV;
import org.omegat.util.Language;

public class OmegatGlossary {
    public static void main(String[] arguments) throws Exception {
        File file = new File(arguments[0]);
        if (file.getName().endsWith(".tbx")) {
            // The reader asks the project for its languages.
            org.omegat.util.RuntimePreferences.setConfigDir(arguments[1]);
            org.omegat.core.Core.initializeConsole(new java.util.TreeMap<>());
            org.omegat.core.data.ProjectProperties properties =
                    new org.omegat.core.data.ProjectProperties(new File(arguments[2]));
            properties.setSourceLanguage(new Language("ZH-CN"));
            properties.setTargetLanguage(new Language("EN-US"));
            org.omegat.core.Core.setProject(
                    new org.omegat.core.data.RealProject(properties, null));
        }
        List<GlossaryEntry> entries = file.getName().endsWith(".tbx")
                ? GlossaryReaderTBX.read(file, false)
                : GlossaryReaderTSV.read(file, false);
        java.io.PrintStream out = new java.io.PrintStream(System.out, true, "UTF-8");
        for (GlossaryEntry entry : entries) {
            out.println(entry.getSrcText() + "\t" + String.join("|", entry.getLocTerms(false))
                    + "\t" + entry.getCommentText());
        }
    }
}
