package net.reroute.convert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts configurations of other tools to one inventory. */
public final class Converter {

    private final Making making;
    private final Map<Kind, FormatReader> readers = new EnumMap<>(Kind.class);

    private Converter(Includes includes) {
        making = Making.begin(includes);
    }

    /**
     * Converts sources together, in their order.
     *
     * @param kind of all of them; recognised for each one if empty
     * @throws BadSourceException if one is not recognised, has mistakes, or if nothing in them can be converted
     */
    public static Converted convert(List<Source> sources, Optional<Kind> kind, Includes includes)
            throws BadSourceException {
        try {
            return new Converter(includes).all(sources, kind);
        } catch (TooManyException e) {
            throw new BadSourceException(List.of(e.getMessage()));
        }
    }

    private Converted all(List<Source> sources, Optional<Kind> kind) throws BadSourceException {
        List<String> tools = new ArrayList<>();
        int lines = 0;
        for (Source source : sources) {
            lines = source.counted(lines);
            Kind its = kind.isPresent() ? kind.get() : Recognition.of(source);
            reader(its).read(source);
            tools.add("Made by 'reroute convert' from " + Plain.text(source.name()) + ", a configuration of "
                    + its.title() + ".");
        }
        return end(tools);
    }

    private FormatReader reader(Kind kind) {
        return readers.computeIfAbsent(kind, k -> switch (k) {
            case KEEPALIVED -> new KeepalivedReader(making);
            case EXABGP -> new ExabgpReader(making);
            case HARESOURCES -> new HaresourcesReader(making);
            case LDIRECTORD -> new LdirectordReader(making);
            case HAPROXY -> new HaproxyReader(making);
        });
    }

    private Converted end(List<String> tools) throws BadSourceException {
        readers.values().forEach(FormatReader::finish);
        making.end();
        List<String> toDo = making.draft().texts(Remark.Sort.TO_DO);
        List<String> without = making.draft().texts(Remark.Sort.WITHOUT);
        if (!making.draft().isUseful()) {
            List<String> sentences = new ArrayList<>(List.of("nothing in it can be a service or a switch of reroute;"
                    + " docs/convert.md tells what can"));
            toDo.forEach(t -> sentences.add("to do: " + t));
            without.forEach(t -> sentences.add("no counterpart: " + t));
            throw new BadSourceException(sentences);
        }
        return new Converted(InventoryWriter.lines(making.draft(), tools), toDo, without);
    }
}
