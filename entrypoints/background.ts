import { defineBackground } from 'wxt/utils/define-background'
import { handleContextMenu } from '../background/context-menu.ts'
import { handleCopying } from '../background/copy.ts'
import { handleSaveMenus } from '../background/save-menus.ts'
import { handleTabDescriptions } from '../background/describe-tab.ts'
import { handleSentinels } from '../background/inject-thread-script.ts'
import { handleThreadPages } from '../background/keep-thread-page.ts'
import { handleGuesses } from '../background/guess-page.ts'
import { handlePicking } from '../background/pick-parts.ts'
import { handleOwnSites } from '../background/own-sites.ts'
import { handleSidePanel } from '../background/side-panel.ts'
import { handleForumSentinel } from '../background/forum-scripts.ts'
import { handleSites } from '../background/site-scripts.ts'
import { handleReading } from '../background/note-reading.ts'
import { handleQuotes } from '../background/quoted-post.ts'
import { handlePageTexts } from '../background/page-texts.ts'
import { handleDumps } from '../background/open-dump.ts'
import { handleTrash } from '../background/empty-trash.ts'
import { handleSaves } from '../background/saving/handle-saves.ts'

export default defineBackground({
  type: 'module',
  main() {
    // All listeners are set before anything is awaited: a worker that was stopped is woken for the one it missed.
    handleThreadPages()
    handleReading()
    handleQuotes()
    handleSentinels()
    handlePageTexts()
    handleSites()
    handleForumSentinel()
    handleOwnSites()
    handleGuesses()
    handlePicking()
    handleTabDescriptions()
    handleDumps()
    handleContextMenu()
    handleCopying()
    handleTrash()
    handleSaves()
    handleSaveMenus()
    handleSidePanel()
  },
})
