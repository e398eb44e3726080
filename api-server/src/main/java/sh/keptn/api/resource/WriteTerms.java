package sh.keptn.api.resource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.http.EntityTags;
import sh.keptn.api.http.Request;
import sh.keptn.api.upstream.OnBehalf;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.IdempotencyKey;
import sh.keptn.core.git.Precondition;
import sh.keptn.core.model.ResourcePath;

/**
 * On what terms a client wants its write: only on a version that it knows, only once, and on whose behalf.
 *
 * @param ifMatch the versions of which one must be there
 * @param create only what is not there yet may be written
 * @param key by what the write is known if it comes again
 * @param trailers of the commit
 */
record WriteTerms(
        Optional<EntityTags> ifMatch, Creation create, Optional<IdempotencyKey> key, Map<String, String> trailers) {
    private static final String IF_NONE_MATCH = "If-None-Match";

    WriteTerms {
        trailers = Collections.unmodifiableMap(new LinkedHashMap<>(trailers));
    }

    /** Whether something may stand where the write goes. */
    enum Creation {
        NOT_ASKED,
        /** {@code If-None-Match: *}. */
        ONLY
    }

    /** Whatever is there, and as often as it is asked. */
    static WriteTerms none(Map<String, String> trailers) {
        return new WriteTerms(Optional.empty(), Creation.NOT_ASKED, Optional.empty(), trailers);
    }

    /** The terms by a request's headers. */
    static WriteTerms of(Request request) {
        Optional<EntityTags> ifNoneMatch = EntityTags.of(request, IF_NONE_MATCH);
        if (ifNoneMatch.filter(tags -> !tags.any()).isPresent()) {
            throw KeptnException.invalid(IF_NONE_MATCH, "can only be * on a write: the file must not be there yet");
        }
        return new WriteTerms(
                EntityTags.of(request, "If-Match"),
                ifNoneMatch.isPresent() ? Creation.ONLY : Creation.NOT_ASKED,
                request.idempotencyKey().map(IdempotencyKey::of),
                OnBehalf.of(request));
    }

    /** What must hold of every file that is written or deleted. */
    List<Precondition> preconditions(String folder, List<ResourcePath> files) {
        List<Precondition> preconditions = new ArrayList<>();
        for (ResourcePath file : files) {
            List<String> paths = Charts.paths(folder, file);
            ifMatch.map(tags ->
                            tags.any() ? new Precondition.Present(paths) : new Precondition.OneOf(paths, tags.strong()))
                    .ifPresent(preconditions::add);
            if (create == Creation.ONLY) {
                preconditions.add(new Precondition.Absent(paths));
            }
        }
        return preconditions;
    }
}
