import { html } from './html.ts'
import {
  hiddenFields,
  languageOf,
  named,
  namedHeading,
  type PageContext,
  type Pages,
  registeredNotice,
  wordsFor,
} from './pages.ts'
import { meaningOf } from './scope-meaning.ts'

export type DeviceQuestion = {
  application: string
  userName: string
  /** Whether the application registered itself. */
  isRegistered: boolean
  scopes: readonly string[]
  /** The client's scopes as configured, with optional descriptions. */
  scopeLines: readonly string[]
  action: string
  fields: Readonly<Record<string, string>>
}

type CodeQuestion = Pick<DeviceQuestion, 'action' | 'fields'> & {
  problem?: 'unknown' | 'blocked' | undefined
}

/** What a person sees who types the code of a device. Each page warns of codes that came from somebody else. */
export class DevicePages {
  readonly #pages: Pick<Pages, 'show'>

  constructor(pages: Pick<Pages, 'show'>) {
    this.#pages = pages
  }

  async askForCode(ctx: PageContext, { action, fields, problem }: CodeQuestion): Promise<void> {
    const words = wordsFor(ctx)
    const text = problem === 'blocked' ? words.deviceBlocked : words.deviceUnknown
    const wrong = html`<p class="notice bad" id="problem" role="alert"><span>${text}</span></p>`
    await this.#pages.show(ctx, {
      heading: words.deviceTitle,
      sheet: html`<div class="sheet-lede">${words.deviceText}</div>
        <p class="notice warn" id="warning"><span>${words.deviceWarning}</span></p>
        ${problem === undefined ? '' : wrong}
        <form class="sheet-form" method="post" action="${action}">
          ${hiddenFields(fields)}
          <div class="field">
            <label for="user_code">${words.deviceCode}</label>
            <input class="field-input code" id="user_code" name="user_code" type="text" required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="warning">
          </div>
          <button class="button main">${words.next}</button>
        </form>`,
    })
  }

  async askToAllow(ctx: PageContext, asked: DeviceQuestion): Promise<void> {
    const words = wordsFor(ctx)
    const meanings = asked.scopes.map((scope) => meaningOf(scope, asked.scopeLines, languageOf(ctx)))
    await this.#pages.show(ctx, {
      ...namedHeading(words.deviceAllowTitle, asked.application),
      sheet: html`<p class="notice warn"><span>${words.deviceWarning}</span></p>
        ${asked.isRegistered ? registeredNotice(ctx, asked.application) : ''}
        <div class="sheet-lede">${named(words.deviceAllowText, asked.application)}</div>
        <ul class="plain-list">${meanings.map((meaning) => html`<li><span><bdi>${meaning}</bdi></span></li>`)}</ul>
        <p class="sheet-small">${words.signedInAs} <b><bdi>${asked.userName}</bdi></b></p>
        <form class="sheet-form" method="post" action="${asked.action}">
          ${hiddenFields(asked.fields)}
          <div class="sheet-equal">
            <button class="button main" name="decision" value="allow">${words.allow}</button>
            <button class="button plain" name="decision" value="deny">${words.deny}</button>
          </div>
        </form>`,
    })
  }

  async showEnd(ctx: PageContext, isAllowed: boolean): Promise<void> {
    const words = wordsFor(ctx)
    const sheet = html`<div class="sheet-lede">${isAllowed ? words.deviceAllowedText : words.deviceDeniedText}</div>`
    await this.#pages.show(ctx, {
      heading: isAllowed ? words.deviceAllowedTitle : words.deviceDeniedTitle,
      sheet,
    })
  }
}
