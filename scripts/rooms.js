/**
 * The rooms of the house and what each may import of ours. Read by the lint rule (eslint.config.js) and by the test that
 * reads every import by itself (test/unit/house/import-directions.test.ts).
 *
 * A value is a folder, or a single file of one where no more than that is allowed.
 * @type {Record<string, string[]>}
 */
export const rooms = {
  core: [],
  dom: ['core'],
  formats: ['core', 'dom'],
  sites: ['core', 'dom'],
  aids: ['core', 'dom', 'sites/define-site.ts'],
  archive: ['core', 'dom', 'formats', 'sites'],
  settings: ['core'],
  messages: ['core'],
  background: ['core', 'archive', 'settings', 'messages', 'sites'],
  stores: ['core', 'messages', 'archive', 'settings'],
  components: ['core'],
}

/** Only this room may import the package. */
export const onlyIn = { dexie: 'archive' }
