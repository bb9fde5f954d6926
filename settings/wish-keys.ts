import { AID_PREFIX } from './aid-settings.ts'
import { LINK_RULES } from './link-rules.ts'
import { MUTED } from './muted.ts'
import { OWN_SITES } from './own-sites.ts'
import { COMMON_LOOKS, OWN_LOOKS } from './reader-looks.ts'
import { SETTING_PREFIX } from './page-settings.ts'

/** Keys of the storage under which something lies that the reader wished: what goes into a settings file and a backup. */
export const WISH_KEYS = [COMMON_LOOKS, OWN_LOOKS, LINK_RULES, MUTED, OWN_SITES] as const

/** Keys that begin so hold wishes too; a setting's name or an aid's id follows. */
export const WISH_PREFIXES = [SETTING_PREFIX, AID_PREFIX] as const
