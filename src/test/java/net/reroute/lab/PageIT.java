package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;

/** The page in a real browser. Its pictures are those of README and docs. */
@Timeout(180)
class PageIT {

    private static final int SECONDS = 60;
    private static ChromeDriver browser;

    @TempDir
    Path home;

    private Rehearsed daemon;

    @BeforeAll
    static void browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--window-size=1400,1000", "--no-proxy-server", "--force-prefers-reduced-motion");
        System.setProperty("webdriver.chrome.driver", "/usr/bin/chromedriver"); // nothing is looked for elsewhere
        browser = new ChromeDriver(options);
    }

    @AfterAll
    static void endBrowser() {
        browser.quit();
    }

    @BeforeEach
    void start() {
        daemon = new Rehearsed(home);
        media("light");
        size(1400, 1000);
        browser.manage().deleteAllCookies();
        open();
    }

    @AfterEach
    void stop() {
        browser.get("about:blank");
        if (daemon != null) {
            daemon.close();
        }
    }

    private void open() {
        browser.get(daemon.page());
        awaitText("header", "all well");
    }

    private static void size(int width, int height) {
        // A window is never narrower than 500 pixels; the metrics of the device are.
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private static void media(String scheme) {
        browser.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private static String text(String css) {
        return String.valueOf(browser.executeScript(
                "const e = document.querySelector(arguments[0]); return e ? e.textContent : ''", css));
    }

    private void awaitText(String css, String words) {
        Lab.await(css + " says " + words, SECONDS, () -> text(css).contains(words), () -> text("body"));
    }

    private static WebElement button(String words) {
        String inside = browser.findElements(By.cssSelector("dialog[open]")).isEmpty() ? "" : "dialog[open] ";
        return browser.findElements(By.cssSelector(inside + "button")).stream().filter(b -> b.getText().contains(words))
                .findFirst().orElseThrow(() -> new AssertionError("no button " + words + " in " + text("body")));
    }

    private static void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/pictures"));
        Files.copy(browser.getScreenshotAs(OutputType.FILE).toPath(), folder.resolve(name + ".png"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void theFirstLookAnswersThreeQuestionsInOrder() throws IOException {
        assertThat(browser.getTitle()).isEqualTo("all well - reroute");
        assertThat(browser.findElements(By.cssSelector("h2")).stream().map(WebElement::getText).toList())
                .containsSubsequence("Needs you", "What happened", "What comes next", "Who carries what", "Services",
                        "Servers", "The last day", "Journal");
        assertThat(text(".needs")).contains("Nothing");
        assertThat(text(".picture svg")).contains("gw1", "host1", "www-1");
        picture("page-well");
    }

    @Test
    void aKilledServerIsSeenWithoutAReload() throws IOException {
        browser.executeScript("window.mark = 'not reloaded'");
        daemon.ask("drain", "host4", "--for", "2h", "--because", "kernel");
        daemon.step("kill host1");
        awaitText("header", "host1 DOWN");
        awaitText(".needs", "host1 DOWN for");
        awaitText("main", "www-1 host1 -> host2");
        assertThat(text("[aria-labelledby=next-title]")).contains("maintenance of host4 ends");
        assertThat(browser.executeScript("return window.mark")).isEqualTo("not reloaded");
        awaitTitle("1 needs you - reroute");
        picture("page-wall");
        size(360, 780);
        picture("page-phone");
    }

    @Test
    void aMoveByHandShowsItsLinesAsksForALoginAndIsDone() {
        String token = daemon.ask("token", "add", "anna").strip();
        browser.findElement(By.cssSelector("[aria-label='Move www-2']")).click();
        browser.findElement(By.cssSelector("dialog select option[value=host4]")).click();
        button("Show what would be typed").click();
        awaitText("dialog", "ip route replace 192.168.1.64/27 proto 201 via 192.168.1.5");
        assertThat(daemon.ask("status", "www-2")).contains("www-2    ok");
        browser.findElement(By.cssSelector("dialog input[type=password]")).sendKeys(token);
        button("Log in").click();
        awaitText("dialog", "Why (for the journal)");
        browser.findElement(By.cssSelector("dialog input")).sendKeys("from the page");
        button("Do it").click();
        awaitText("dialog", "ok www-2 host2 to host4");
        assertThat(daemon.ask("status", "www-2")).contains("pinned to host4 by anna (\"from the page\")");
        assertThat(daemon.ask("history", "--kind", "wish")).contains("by anna");
        assertThat(browser.executeScript("return document.cookie")).as("no script reads the cookie").isEqualTo("");
        daemon.ask("token", "revoke", "anna");
        browser.navigate().refresh();
        awaitText("header", "Log in");
    }

    @Test
    void aWrongTokenIsToldAndNothingIsDone() {
        button("Log in").click();
        browser.findElement(By.cssSelector("dialog input[type=password]")).sendKeys("reroute_wrong", Keys.ENTER);
        awaitText("dialog", "this token is unknown, revoked or expired");
        assertThat(text("header")).contains("Log in");
    }

    @Test
    void aReaderMayLookAndNotAct() {
        String token = daemon.ask("token", "add", "wall", "--read-only").strip();
        button("Log in").click();
        browser.findElement(By.cssSelector("dialog input[type=password]")).sendKeys(token, Keys.ENTER);
        awaitText("header", "wall (read only)");
        browser.findElement(By.cssSelector("[aria-label='Drain host3']")).click();
        awaitText("dialog", "The token of wall may only look");
        awaitText("dialog", "ip route replace 192.168.1.96/27");
    }

    @Test
    void aLostDaemonIsToldAtOnceAndThePageComesBackByItself() throws Exception {
        signal("-STOP");
        awaitText(".lost-note", "The daemon does not answer since");
        awaitTitle("daemon lost - reroute");
        Lab.await("all else is pale", () -> String.valueOf(
                browser.executeScript("return getComputedStyle(document.querySelector('main')).opacity"))
                .startsWith("0."));
        signal("-CONT");
        Lab.await("it is back", 30, () -> text(".lost-note").isEmpty(), () -> text("body"));
        daemon.step("kill host2");
        awaitText("header", "host2 DOWN");
    }

    private void awaitTitle(String title) {
        Lab.await(title, () -> title.equals(browser.getTitle()), browser::getTitle);
    }

    private void signal(String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(daemon.process().pid())).start().waitFor())
                .isZero();
    }

    @Test
    void aPhoneScrollsInOneDirectionOnly() {
        size(360, 780);
        daemon.step("kill host1");
        awaitText("header", "host1 DOWN");
        assertThat((Long) browser.executeScript("return document.scrollingElement.scrollWidth"))
                .as("wider than the screen: %s", browser.executeScript("return [...document.querySelectorAll('body *')]"
                        + ".filter(e => e.getBoundingClientRect().right > 360).map(e => e.outerHTML.slice(0, 150)).join('\\n')"))
                .isLessThanOrEqualTo(360L);
    }

    @Test
    void theKeyboardAloneIsEnough() {
        WebElement at = browser.switchTo().activeElement();
        for (int i = 0; i < 60 && !at.getText().equals("www-1"); i++) {
            at.sendKeys(Keys.TAB);
            at = browser.switchTo().activeElement();
        }
        assertThat(at.getText()).isEqualTo("www-1");
        assertThat(browser.executeScript("return getComputedStyle(document.activeElement).outlineStyle")).as(
                "the focus is seen").isEqualTo("solid");
        at.sendKeys(Keys.ENTER);
        awaitText("dialog", "Servers and their checks");
        browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
        Lab.await("the dialog is closed", SECONDS, () -> browser.findElements(By.cssSelector("dialog")).isEmpty(),
                () -> text("body"));
    }

    @Test
    void axeFindsNothingByDayByNightAndInADialog() {
        daemon.ask("drain", "host4", "--because", "kernel");
        daemon.step("kill host1");
        awaitText("header", "host1 DOWN");
        axe("by day");
        media("dark");
        axe("by night");
        browser.findElement(By.cssSelector("[aria-label='Move www-2']")).click();
        axe("in a dialog");
        browser.get(daemon.page() + "api");
        awaitText("main", "/api/v1/moves");
        axe("the API's page");
    }

    private static void axe(String where) {
        try (InputStream script = PageIT.class.getResourceAsStream("/axe.min.js")) {
            browser.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Object violations = browser.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html
                    + ' ' + n.failureSummary).join(' | '))), e => done([String(e)]));""");
        assertThat((List<?>) violations).as(where).isEmpty();
    }

    @Test
    void nothingComesFromElsewhereAndNoScriptIsInline() {
        Object from = browser.executeScript("return performance.getEntriesByType('resource').map(r => r.name)");
        assertThat((List<?>) from).isNotEmpty().allMatch(name -> name.toString().startsWith(daemon.page()));
        assertThat(browser.findElements(By.cssSelector("script:not([src])"))).isEmpty();
    }
}
