package net.reroute.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.AccessToken;

/** The files of the page. They are part of the jar; nothing is fetched from elsewhere. */
final class Assets {

    private static final String OURS = "/net/reroute/web/page/";
    private static final String HTM = "/META-INF/resources/_static/htm/3.1.1/preact/standalone.module.js";
    private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private record Asset(byte[] body, String type, String tag) {}

    private final Map<String, Asset> all = new HashMap<>();

    Assets() {
        add("/", OURS + "index.html", "text/html; charset=utf-8");
        add("/api", OURS + "api.html", "text/html; charset=utf-8");
        for (String name : new String[]{"app.js", "state.js", "parts.js", "picture.js", "tables.js", "timeline.js",
                "actions.js", "api.js"}) {
            add("/" + name, OURS + name, "text/javascript; charset=utf-8");
        }
        add("/page.css", OURS + "page.css", "text/css; charset=utf-8");
        add("/icon.svg", OURS + "icon.svg", "image/svg+xml");
        add("/lib/preact.js", HTM, "text/javascript; charset=utf-8");
        add("/lib/uplot.js", PLOT + "uPlot.esm.js", "text/javascript; charset=utf-8");
        add("/lib/uplot.css", PLOT + "uPlot.min.css", "text/css; charset=utf-8");
    }

    private void add(String path, String resource, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing in the jar");
            }
            byte[] body = in.readAllBytes();
            all.put(path, new Asset(body, type, "\"" + AccessToken.hash(new String(body,
                    StandardCharsets.ISO_8859_1)).substring(0, 16) + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param seen the tag that the browser has; null if it has none */
    Optional<Reply> get(String path, String seen) {
        return Optional.ofNullable(all.get(path)).map(a -> a.tag.equals(seen)
                ? Reply.empty(304).with("ETag", a.tag)
                : new Reply(200, a.type, a.body, Map.of("ETag", a.tag, "Cache-Control", "no-cache")));
    }
}
