import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { Config } from '../../src/config.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { type Look, TestBrowser } from './browser.ts'
import {
  engineer,
  type Journey,
  openJourney,
  storedDraft,
  storedJourney,
  storeJourney,
  waitingJourney,
} from './editor.ts'

export type Opened = { person: BrowserContext; page: Page }

/** The server and the browser of a test file about the journey editor. Its hooks set both. */
class EditorTest {
  server!: TestServer
  browser!: TestBrowser

  /** A new window, signed in as administrator. */
  person(look?: Look): Promise<BrowserContext> {
    return engineer(this.browser, this.server, look)
  }

  /** Opens a stored journey in the editor. */
  show(person: BrowserContext, name: string): Promise<Page> {
    return openJourney(person, this.server, name)
  }

  stored(person: BrowserContext, name: string): Promise<Journey> {
    return storedJourney(person, this.server, name)
  }

  draft(person: BrowserContext, name: string): Promise<Journey | undefined> {
    return storedDraft(person, this.server, name)
  }

  /** Stores a journey as another client would, and overwrites an existing one. */
  store(person: BrowserContext, journey: Parameters<typeof storeJourney>[2]): Promise<void> {
    return storeJourney(person, this.server, journey)
  }

  /** Stores a journey, and opens it in a new window. */
  async open(journey: Parameters<typeof storeJourney>[2], look?: Look): Promise<Opened> {
    const person = await this.person(look)
    await this.store(person, journey)
    return { person, page: await this.show(person, journey.tree._id) }
  }

  /** Opens a chain of Polling Wait nodes. */
  openWaiting(name: string, count = 1, look?: Look): Promise<Opened> {
    return this.open(waitingJourney(name, count), look)
  }
}

/** Starts a server and a browser for the tests of a file. The browser must have had no problems at the end. */
export function editorTest(settings: Partial<Config> = {}): EditorTest {
  const editor = new EditorTest()
  beforeAll(async () => {
    const both = await Promise.all([startServer(settings), TestBrowser.launch()])
    ;[editor.server, editor.browser] = both
  })
  afterAll(async () => {
    editor.browser.expectNoProblems()
    await editor.browser.close()
    await editor.server.stop()
  })
  return editor
}
