import { lookEarly } from './early-look.ts'

const look = lookEarly(location.search)
// All else is loaded while the background looks.
void import('./mount-popup.ts').then(({ mountPopup }) => mountPopup(look))
