/** Prints the three percentages of OmegaT for pairs of segments, one pair a line, by its own classes. */
import java.io.*;
import java.nio.charset.StandardCharsets;
import org.omegat.core.matching.*;
import org.omegat.tokenizer.*;
import org.omegat.util.Token;

public class OmegaTSimilarity {
    public static void main(String[] a) throws Exception {
        ITokenizer t = (ITokenizer) Class.forName("org.omegat.tokenizer." + a[0]).getDeclaredConstructor().newInstance();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        ISimilarityCalculator d = new LevenshteinDistance();
        String line;
        while ((line = in.readLine()) != null) {
            String[] p = line.split("\t", -1);
            int stems = FuzzyMatcher.calcSimilarity(d, t.tokenizeWords(p[0], ITokenizer.StemmingMode.MATCHING), t.tokenizeWords(p[1], ITokenizer.StemmingMode.MATCHING));
            int words = FuzzyMatcher.calcSimilarity(d, t.tokenizeWords(p[0], ITokenizer.StemmingMode.NONE), t.tokenizeWords(p[1], ITokenizer.StemmingMode.NONE));
            int all = FuzzyMatcher.calcSimilarity(d, t.tokenizeVerbatim(p[0]), t.tokenizeVerbatim(p[1]));
            out.println(stems + "\t" + words + "\t" + all);
        }
    }
}
