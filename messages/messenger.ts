import { defineExtensionMessaging, type ExtensionMessage } from '@webext-core/messaging'
import { browser } from 'wxt/browser'
import type { OwnProtocol, PublicProtocol, TabProtocol } from './protocol.ts'

type Protocol = PublicProtocol & OwnProtocol
type Handler<P, Name extends keyof P> = P[Name] extends (data: infer Data) => infer Reply
  ? (data: Data, sender: Sender) => Reply | Promise<Reply>
  : never

/** Who sent a message, as the browser (not the sender) says. */
export type Sender = ExtensionMessage['sender']

const messenger = defineExtensionMessaging<Protocol>()
const tabMessenger = defineExtensionMessaging<TabProtocol>()

/** Sends a message to the background; rejects with what its handler threw. */
export const sendToBackground = messenger.sendMessage

/** Sends a message to the content script of a tab's top frame; rejects when none answers there. */
export const sendToTab: typeof tabMessenger.sendMessage = tabMessenger.sendMessage

/** Answers a message that content scripts and the extension's own pages may send. */
export function onPublicMessage<Name extends keyof PublicProtocol>(name: Name, handler: Handler<PublicProtocol, Name>) {
  return listen(name, handler as Handler<Protocol, Name>, isOurs)
}

/** Answers a message that only the extension's own pages may send. */
export function onOwnMessage<Name extends keyof OwnProtocol>(name: Name, handler: Handler<OwnProtocol, Name>) {
  return listen(name, handler as Handler<Protocol, Name>, isOwnPage)
}

/** Answers, in a content script, a message of the background or of the extension's pages. */
export function onTabMessage<Name extends keyof TabProtocol>(name: Name, handler: Handler<TabProtocol, Name>) {
  return tabMessenger.onMessage(name, (message) => {
    if (!isOurs(message.sender)) throw new Error(`${name} was not sent by this extension`)
    return handler(message.data as never, message.sender) as never
  })
}

function listen<Name extends keyof Protocol>(
  name: Name,
  handler: Handler<Protocol, Name>,
  isAllowed: (sender: Sender) => boolean,
) {
  return messenger.onMessage(name, (message) => {
    if (!isAllowed(message.sender)) throw new Error(`${name} may not be sent from ${message.sender.url ?? 'here'}`)
    return handler(message.data as never, message.sender) as never
  })
}

function isOurs(sender: Sender): boolean {
  return sender.id === browser.runtime.id
}

/** A content script has the extension's id too, but the page's address: only the address tells them apart. */
function isOwnPage(sender: Sender): boolean {
  return isOurs(sender) && (sender.url ?? '').startsWith(browser.runtime.getURL('/'))
}
