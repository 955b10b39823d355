"""What may be wrong with the files of a pack: settings, forms, decisions, translations."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

PACKS: Mapping[str, tuple[LazyString, LazyString]] = {
    "pack_not_found": (
        _("There is no folder “%(path)s”."),
        _("Give the path of a folder that holds pack.toml."),
    ),
    "archive_broken": (
        _("This is not a zip archive that can be read."),
        _("Pack the folder into a plain zip archive without a password and try again."),
    ),
    "path_refused": (
        _("The path “%(path)s” could lead out of the pack."),
        _("Use plain file names; links, “..” and backslashes are not allowed."),
    ),
    "file_unknown": (
        _("“%(path)s” is not a file that a pack may have."),
        _(
            "Remove it, or name it as packs do: *.bpmn and *.dmn at the top, forms/*.form, "
            "translations/*.po, all in small Latin letters."
        ),
    ),
    "file_too_large": (
        _("The file is larger than %(limit)s bytes."),
        _("Divide it into smaller ones; large pictures do not belong into a pack."),
    ),
    "pack_too_large": (
        _("All files together are larger than %(limit)s bytes."),
        _("Divide the pack into several."),
    ),
    "too_many_files": (
        _("The pack has more than %(limit)s files."),
        _("Divide the pack into several."),
    ),
    "check_failed": (
        _("The check itself stumbled here (%(reason)s)."),
        _("Please send this file to those who look after the system; until then, undo the last change."),
    ),
    "cannot_be_run": (
        _("The engine cannot read this (%(reason)s)."),
        _("Undo the last change here, or draw it anew with other elements."),
    ),
    "settings_not_found": (
        _("The pack has no pack.toml."),
        _("Add pack.toml with the key, version, title, roles and start processes of the pack."),
    ),
    "settings_broken": (
        _("pack.toml cannot be read (%(reason)s)."),
        _('Mend this line; every entry looks like: name = "value".'),
    ),
    "settings_incomplete": (
        _("pack.toml does not say “%(entry)s”."),
        _("Add this entry; titles are needed in Russian (ru) and in English (en)."),
    ),
    "settings_wrong": (
        _("“%(entry)s” in pack.toml is not what it should be."),
        _(
            "Keys and codes of roles are small Latin letters, digits and underscores; titles are texts;"
            " start and begun are lists of process ids."
        ),
    ),
    "settings_unknown": (
        _("pack.toml has an entry “%(entry)s” that nobody reads."),
        _("Remove it or mend its name."),
    ),
    "start_unknown": (
        _("pack.toml lets “%(process)s” begin, but there is no such process."),
        _("Name the id of a process of this pack."),
    ),
    "xml_broken": (
        _("The file cannot be read as XML (%(reason)s)."),
        _("Open it in the editor of diagrams and save it again, or mend this line."),
    ),
    "xml_doctype": (
        _("The file declares a document type (DOCTYPE)."),
        _("Remove the DOCTYPE and all entities: they are a way to attack the reader of a file."),
    ),
    "not_bpmn": (
        _("This is XML, but not a BPMN diagram."),
        _("Save the diagram as BPMN 2.0."),
    ),
    "not_dmn": (
        _("This is XML, but not a DMN decision."),
        _("Save the decision as DMN 1.3."),
    ),
    "process_not_found": (
        _("There is no process here."),
        _("Draw at least one process."),
    ),
    "decision_wrong": (
        _("The decision cannot be used. %(reason)s"),
        _("Open the table and mend the cell or entry that is named."),
    ),
    "catalogue_not_found": (
        _("There is no translation into “%(language)s”."),
        _("Add translations/%(language)s.po with the texts of the diagrams and forms."),
    ),
    "catalogue_broken": (
        _("This line does not belong into a catalogue of translations."),
        _("Write msgid and msgstr, each with a text in straight quotes, in UTF-8."),
    ),
    "translation_missing": (
        _("“%(text)s” has no translation into “%(language)s”."),
        _("Add it to the catalogue; until then people see the original."),
    ),
    "translation_unused": (
        _("“%(text)s” is translated into “%(language)s” but stands nowhere in the pack."),
        _("Remove it, or mend the text so that it matches."),
    ),
    "form_broken": (
        _("The form cannot be read as JSON (%(reason)s)."),
        _("Open it in the editor of forms and save it again, or mend this line."),
    ),
    "form_without_components": (
        _("This is not a form: it has no list of components."),
        _("Save it with the editor of forms."),
    ),
    "form_id_differs": (
        _("The form calls itself “%(id)s”, but tasks know it by the name of its file."),
        _("Give the form the name of its file as its id."),
    ),
    "form_component_unknown": (
        _("The part “%(type)s” cannot be shown."),
        _("Use text and number fields, checkboxes, choices, dates, texts, groups and lists."),
    ),
    "form_key_missing": (
        _("The field has no key, so its answer could not be kept."),
        _("Give it a key: one word in Latin letters."),
    ),
    "form_key_wrong": (
        _("“%(key)s” cannot be a key."),
        _("Use letters, digits and underscores, and begin with a letter."),
    ),
    "form_key_reserved": (
        _("The key “%(key)s” is needed by the system itself."),
        _("Choose another key."),
    ),
    "form_key_duplicate": (
        _("Two fields share the key “%(key)s”."),
        _("Give each field a key of its own."),
    ),
    "form_label_missing": (
        _("The field has no label."),
        _("Write what is asked, in plain words."),
    ),
    "form_options_missing": (
        _("There is nothing to choose from."),
        _("Add at least one option."),
    ),
    "form_option_duplicate": (
        _("Two options share the value “%(value)s”."),
        _("Give each option a value of its own."),
    ),
    "form_property_wrong": (
        _("The property “%(property)s” is filled in wrongly."),
        _("Limits are numbers, options have a text and a value, patterns are regular expressions."),
    ),
    "form_unused": (
        _("No task shows this form."),
        _("Name it in a task, or remove it."),
    ),
}
"""The reason and the remedy of each code."""
