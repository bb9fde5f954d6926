import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the browser said of a command that failed. */
class MarionetteError extends Error {
  override name = 'MarionetteError'
  /** WebDriver's error code, e.g. `no such element`. */
  readonly code: string

  constructor(command: string, code: string, message: string) {
    super(`${command}: ${code}: ${message}`)
    this.code = code
  }
}

type Reply = [type: number, id: number, error: { error: string; message: string } | null, result: unknown]

/**
 * A client of Firefox's Marionette protocol: JSON messages over TCP, each with its length in bytes and a colon before it;
 * a command is `[0, id, name, parameters]`, its reply `[1, id, error, result]`.
 */
export class Marionette {
  private readonly socket: Socket
  private received = Buffer.alloc(0)
  private lastId = 0
  private readonly waiting = new Map<
    number,
    { command: string; resolve: (value: unknown) => void; reject: (error: Error) => void }
  >()

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => this.receive(chunk))
    socket.on('error', (error) => this.fail(error))
    socket.on('close', () => this.fail(new Error('the browser closed the connection')))
  }

  /** Connects to a port, again and again until the browser listens or `deadline` (epoch milliseconds) is over. */
  static async connect(port: number, deadline: number): Promise<Marionette> {
    for (;;) {
      try {
        const socket = connect(port, '127.0.0.1')
        await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
        return new Marionette(socket)
      } catch (error) {
        if (Date.now() > deadline) throw error
        await sleep(100)
      }
    }
  }

  /** Sends a command and gives its result; rejects with a {@link MarionetteError}, or when the connection ends. */
  send(command: string, parameters: Record<string, unknown> = {}): Promise<unknown> {
    const id = ++this.lastId
    const message = Buffer.from(JSON.stringify([0, id, command, parameters]))
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new Error(`${command}: the connection is closed`))
      this.waiting.set(id, { command, resolve, reject })
      this.socket.write(Buffer.concat([Buffer.from(`${message.length}:`), message]))
    })
  }

  close(): void {
    this.socket.destroy()
  }

  private receive(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk])
    for (;;) {
      const colon = this.received.indexOf(':')
      if (colon < 0) return
      const end = colon + 1 + Number(this.received.subarray(0, colon).toString('latin1'))
      if (this.received.length < end) return
      const message: unknown = JSON.parse(this.received.subarray(colon + 1, end).toString('utf8'))
      this.received = this.received.subarray(end)
      // The first message is the browser's greeting, an object.
      if (Array.isArray(message)) this.settle(message as Reply)
    }
  }

  private settle([, id, error, result]: Reply): void {
    const request = this.waiting.get(id)
    this.waiting.delete(id)
    if (!request) return
    if (error) request.reject(new MarionetteError(request.command, error.error, error.message))
    else request.resolve(result)
  }

  private fail(error: Error): void {
    for (const { command, reject } of this.waiting.values()) reject(new Error(`${command}: ${error.message}`))
    this.waiting.clear()
  }
}
