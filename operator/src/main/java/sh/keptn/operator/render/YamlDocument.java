package sh.keptn.operator.render;

import sh.keptn.core.error.KeptnException;

/**
 * One document of a file that is not empty.
 *
 * @param file where it stands, from the service's folder
 * @param number which of the file's documents it is, from 1
 * @param line where it begins, from 1
 * @param value a map, list, string, number or boolean; maps keep their order
 */
record YamlDocument(String file, int number, int line, Object value) {

    /** A refusal that says where; the text never holds what stands there. */
    KeptnException refuse(String why) {
        return KeptnException.invalid(file, "document " + number + " (line " + line + "): " + why);
    }
}
