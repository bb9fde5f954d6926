/**
 * The rooms of the house and what each may import of ours. Read by the lint rule (eslint.config.js) and by the test that
 * reads every import by itself (test/unit/house/import-directions.test.ts).
 *
 * A value is a folder, or a single file of one where no more than that is allowed.
 */
export const rooms: Record<string, string[]> = {
  core: [],
  dom: ['core'],
  formats: ['core', 'dom'],
  sites: ['core', 'dom'],
  aids: ['core', 'dom', 'locales', 'sites/define-site.ts'],
  archive: ['core', 'dom', 'formats', 'sites'],
  settings: ['core'],
  messages: ['core'],
  visit: ['core', 'dom', 'aids', 'messages', 'settings', 'sites/define-site.ts', 'locales/page-texts.ts'],
  background: ['core', 'archive', 'settings', 'messages', 'sites', 'locales/page-texts.ts'],
  stores: ['core', 'messages', 'archive', 'settings'],
  components: ['core', 'locales'],
  locales: ['core'],
}

/** Only this room may import the package. */
export const onlyIn: Record<string, string> = { dexie: 'archive' }
