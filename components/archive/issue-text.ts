import { i18n } from '#i18n'

/** What was odd at a line of a dump, in the reader's language; in the parser's words where it has none. */
export function issueText({ code, line, message }: { code: string; line: number; message: string }): string {
  return i18n.t(`dumpIssue.${camelCase(code)}` as 'dumpIssue.notADump', [String(line)]) || message
}

/** Why the archive could not do what it was asked, and what to do, in the reader's language. */
export function failureText({ code, detail }: { code: string; detail: string }): string {
  return i18n.t(`archiveFailure.${camelCase(code)}` as 'archiveFailure.failed', [detail]) || detail
}

/** Why a picture or file of a thread was not kept, in the reader's language. */
export function fileProblemText(reason: string): string {
  return i18n.t(`pictures.reasons.${camelCase(reason)}` as 'pictures.reasons.network')
}

function camelCase(code: string): string {
  return code.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
