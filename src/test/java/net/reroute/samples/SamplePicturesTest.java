package net.reroute.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples as a newcomer finds them. */
class SamplePicturesTest {

    static List<String> names() throws IOException {
        return SamplePictures.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPictureShowsWhatTheInventorySays(String sample) throws Exception {
        assertThat(Files.readString(SamplePictures.home(sample).resolve("picture.svg")))
                .as("samples/" + sample + "/picture.svg is not what its inventory says; run the main of "
                        + SamplePictures.class.getName() + " in the root of the checkout, and commit what it writes")
                .isEqualTo(SamplePictures.drawn(sample));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPageSaysWhatToTypeAndShowsThePicture(String sample) throws IOException {
        String page = Files.readString(SamplePictures.home(sample).resolve("README.md"));
        assertThat(page).contains("(picture.svg)", "bin/reroute --home samples/" + sample + " rehearse")
                .contains("inventory/network.yaml");
        assertThat(page.lines()).as("a page").hasSizeLessThanOrEqualTo(60);
        assertThat(Files.readString(SamplePictures.SAMPLES.resolve("README.md")))
                .contains("(" + sample + "/README.md)", "(" + sample + "/picture.svg)");
    }
}
