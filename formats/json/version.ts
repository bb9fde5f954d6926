/** What a document of this form calls itself. */
export const JSON_FORMAT = 'loulan-threads'

/** Raised when a reader of the old version would read the new one wrongly; added fields do not raise it. */
export const JSON_VERSION = 1
