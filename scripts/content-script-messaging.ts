/**
 * Stands in for `@webext-core/messaging` in content scripts, under its name (see wxt.config.ts): that one is a tenth of
 * what a thread's page may load. It speaks the library's own envelope, and what is used of it behaves the same, but that
 * an error comes over with its name and message only.
 */
export function defineExtensionMessaging(): ContentScriptMessenger {
  const handlers = new Map<string, Handler>()
  return {
    async sendMessage(type, data) {
      const answer = (await chrome.runtime.sendMessage({ id: 0, type, data, timestamp: Date.now() })) as
        Answer | undefined
      if (!answer || answer.err) throw new Error(answer?.err?.message ?? 'No response')
      return answer.res
    },
    onMessage(type, handler) {
      if (handlers.size === 0) {
        chrome.runtime.onMessage.addListener((message, sender, reply) => {
          const found = handlers.get(message?.type as string)
          if (!found) return false
          const give = async () => ({ res: await found({ ...message, sender }) })
          give().then(reply, ({ name, message }: Error) => reply({ err: { name, message, stack: '' } }))
          return true
        })
      }
      handlers.set(type, handler)
      return () => handlers.delete(type)
    },
  }
}

interface ContentScriptMessenger {
  sendMessage(type: string, data: unknown): Promise<unknown>
  onMessage(type: string, handler: Handler): () => void
}

type Handler = (message: unknown) => unknown

interface Answer {
  res?: unknown
  err?: { message?: string }
}

declare const chrome: {
  runtime: {
    sendMessage(message: unknown): Promise<unknown>
    onMessage: {
      addListener(
        listener: (
          message: { type?: unknown } | undefined,
          sender: unknown,
          reply: (answer: unknown) => void,
        ) => boolean,
      ): void
    }
  }
}
