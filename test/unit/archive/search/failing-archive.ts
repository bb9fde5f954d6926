import type { IDBFactory } from 'fake-indexeddb'
import type { Archive } from '../../../../archive/database.ts'
import { newArchive } from '../sample-thread.ts'

/** An archive whose connection ends at the given write, as at a kill: what its transaction wrote is gone. */
export function failingArchive(factory: IDBFactory, failAt: number): { archive: Archive; writes: () => number } {
  const archive = newArchive(factory)
  let writes = 0
  archive.use({
    stack: 'dbcore',
    name: 'kill',
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name)
        return {
          ...table,
          mutate: (request) => {
            if (writes++ >= failAt) return Promise.reject(new Error('killed'))
            return table.mutate(request)
          },
        }
      },
    }),
  })
  return { archive, writes: () => writes }
}
