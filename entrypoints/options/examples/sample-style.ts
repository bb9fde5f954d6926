import base from '../../../components/base.css?inline'
import looks from '../../reader/looks.css?inline'
import reader from '../../reader/reader.css?inline'

/** Those of all aids, also of ones that are yet to be written. */
const aids = import.meta.glob<string>('../../../aids/*.css', { query: '?inline', import: 'default', eager: true })

/** The sample looks like the reader page, with less around it. */
const OWN = `
main { padding: 0.25rem 0.75rem 3.5rem; }
#thread-title { font-size: 1rem; }
.post { padding-block: 0.5rem; }
.post-head { margin-bottom: 0.25rem; }
`

/** The style of a sample's document. */
export const sampleStyle = [base, looks, reader, ...Object.values(aids), OWN].join('\n')
