import type { Topic } from './topic.ts'

/** A forum of some engine, on a host of its own. */
export interface EngineForum {
  /** Id of the site file that reads it. */
  id: string
  host: string
  topic: Topic
  /** Address of a page of the topic, as a reader comes to it. */
  address: (page?: number) => string
  /** Address of a page of the same forum that is no thread. */
  boardAddress: string
  /** HTML of what stands at an address; undefined for what is not there. */
  answer: (url: URL) => string | undefined
}

/** Wraps the parts of a page. */
export function wholeHtml({
  title,
  html,
  head = '',
  body = '',
}: {
  title: string
  html: string
  head?: string
  body?: string
}): string {
  return `<!DOCTYPE html>
${html}
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="data:,">${head}</head>
${body}
</html>`
}
