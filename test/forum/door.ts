import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

export interface Door {
  readonly port: number
  open: (port: number) => Promise<void>
  close: () => Promise<void>
}

/** One listening port before two servers: the first byte of a connection says which of them it is for. */
export function makeDoor(secure: HttpsServer, plain: HttpServer): Door {
  const TLS_HANDSHAKE = 0x16
  const sockets = new Set<Socket>()
  const welcome = (socket: Socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', (chunk: Buffer) => {
      socket.pause()
      socket.unshift(chunk)
      ;(chunk[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket)
      process.nextTick(() => socket.resume())
    })
  }
  plain.on('connect', (_request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    welcome(socket)
  })
  secure.on('tlsClientError', (_error, socket) => socket.destroy())
  let listener: Server | undefined
  let port = 0
  return {
    get port() {
      return port
    },
    async open(wanted) {
      if (listener) return
      const opened = createServer((socket) => {
        sockets.add(socket)
        socket.on('close', () => sockets.delete(socket))
        welcome(socket)
      })
      await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(wanted, '127.0.0.1', resolve))
      listener = opened
      port = (opened.address() as AddressInfo).port
    },
    async close() {
      const closing = listener
      listener = undefined
      for (const socket of sockets) socket.destroy()
      if (closing) await new Promise((resolve) => closing.close(resolve))
    },
  }
}
