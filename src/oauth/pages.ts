import type { KoaContextWithOIDC } from 'oidc-provider'
import { type PageLanguage, type ServerTexts, serverTexts } from '../base/server-texts.ts'
import { type Html, html } from './html.ts'
import { meaningOf } from './scope-meaning.ts'

/** The content of a page that works without scripts. */
export type PlainPage = {
  language: PageLanguage
  title: string
  /** Name of the organisation that runs the realm. */
  organisation: string
  sheet: Html
}

/** Renders a page in the layout of the sign-in page. */
export type FramePage = (page: PlainPage) => Promise<string>

/** What the pages read of a request. Our own endpoints have no `oidc`. */
export type PageContext = Pick<KoaContextWithOIDC, 'acceptsLanguages' | 'set' | 'type' | 'body'> & {
  oidc?: KoaContextWithOIDC['oidc']
}

type Piece = {
  heading: string | Html
  title?: string
  sheet: Html
  /** Whether the form leads to the application. Default: it stays here. */
  leavesHere?: boolean
}

/** The pages for people: consent, sign-out and errors. */
export class Pages {
  readonly #frame: FramePage
  readonly #organisation: string

  constructor(frame: FramePage, organisation: string) {
    this.#frame = frame
    this.#organisation = organisation
  }

  async showConsent(ctx: KoaContextWithOIDC, asked: ConsentQuestion): Promise<void> {
    const words = wordsFor(ctx)
    const { application, userName, scopes, action, fields, redirectUri } = asked
    const meanings = scopes.map((scope) => meaningOf(scope, asked.scopeLines, languageOf(ctx)))
    await this.show(ctx, {
      ...namedHeading(words.allowTitle, application),
      sheet: html`${asked.isRegistered ? registeredNotice(ctx, hostOf(redirectUri)) : ''}
        <div class="sheet-lede">${named(words.allowText, application)}</div>
        <ul class="plain-list">${meanings.map((meaning) => html`<li><span><bdi>${meaning}</bdi></span></li>`)}</ul>
        <p class="sheet-small">${words.signedInAs} <b><bdi>${userName}</bdi></b></p>
        <form class="sheet-form" method="post" action="${action}">
          ${hiddenFields(fields)}
          <div class="sheet-equal">
            <button class="button main" name="decision" value="allow">${words.allow}</button>
            <button class="button plain" name="decision" value="deny">${words.deny}</button>
          </div>
        </form>`,
      leavesHere: true,
    })
  }

  /** @param form from `oidc-provider`, without a button. @param leavesHere whether sign-out redirects to the application. */
  async showSignOut(ctx: KoaContextWithOIDC, form: string, leavesHere: boolean): Promise<void> {
    const words = wordsFor(ctx)
    await this.show(ctx, {
      heading: words.signOutTitle,
      sheet: html`<div class="sheet-lede">${words.signOutText}</div>
        ${{ html: form }}
        <button class="button main" form="op.logoutForm" name="logout" value="yes">${words.signOut}</button>`,
      leavesHere,
    })
  }

  async showSignedOut(ctx: KoaContextWithOIDC): Promise<void> {
    const words = wordsFor(ctx)
    const sheet = html`<div class="sheet-lede">${words.signedOutText}</div>`
    await this.show(ctx, { heading: words.signedOutTitle, sheet })
  }

  /** Shows a sentence for people, and the error's code for the application's developers. */
  async showError(ctx: KoaContextWithOIDC, error: { error: string; description: string }): Promise<void> {
    const words = wordsFor(ctx)
    const sheet = html`<div class="sheet-lede">${words.errorText}</div>
      <p class="sheet-small" dir="ltr" lang="en"><code>${error.error}</code> ${error.description}</p>`
    await this.show(ctx, { heading: words.errorTitle, sheet })
  }

  async show(ctx: PageContext, { heading, title, sheet, leavesHere = false }: Piece): Promise<void> {
    const page = html`<div class="sheet"><div class="sheet-head"><h1>${heading}</h1></div>${sheet}</div>`
    ctx.body = await this.#frame({
      language: languageOf(ctx),
      title: title ?? (typeof heading === 'string' ? heading : ''),
      organisation: this.#organisation,
      sheet: page,
    })
    ctx.type = 'html'
    ctx.set({
      'Content-Security-Policy': policyOf(leavesHere),
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
    })
  }
}

/**
 * A text with the name of an application. Isolated, because anybody can choose the name of an application that registers itself,
 * also one that would turn around the words beside it.
 */
export function named(text: string, application: string): Html {
  const [before = '', ...others] = text.split('{name}')
  return html`${before}${others.map((after) => html`<bdi>${application}</bdi>${after}`)}`
}

/** A heading with the name of an application, and the same as the title of the window. */
export function namedHeading(text: string, application: string): Pick<Piece, 'heading' | 'title'> {
  return { heading: named(text, application), title: text.split('{name}').join(application) }
}

export function hiddenFields(fields: Readonly<Record<string, string>>): Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
}

export type ConsentQuestion = {
  application: string
  userName: string
  scopes: readonly string[]
  /** The client's scopes as configured, with optional descriptions. */
  scopeLines: readonly string[]
  action: string
  /** Hidden fields that send the request again, together with the decision. */
  fields: Readonly<Record<string, string>>
  redirectUri: string
  /** Whether the application registered itself. */
  isRegistered: boolean
}

/** @param known what people may know the application by: a host, or its name. */
export function registeredNotice(ctx: PageContext, known: string): Html {
  return html`<p class="notice warn"><span>${named(wordsFor(ctx).registeredWarning, known)}</span></p>`
}

function policyOf(leavesHere: boolean): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data: https:",
    // Chromium applies it to all redirects after a form. An application that is a broker, such as Keycloak, redirects to addresses
    // that nobody here knows.
    ...(leavesHere ? [] : ["form-action 'self'"]),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

function hostOf(uri: string): string {
  return URL.parse(uri)?.host || uri
}

export function wordsFor(ctx: PageContext): ServerTexts['applications'] {
  return serverTexts[languageOf(ctx)].applications
}

/** The language from the request's `ui_locales`, or else from the browser. */
export function languageOf(ctx: PageContext): PageLanguage {
  const asked = String(ctx.oidc?.params?.ui_locales ?? '')
    .toLowerCase()
    .split(/[\s-]+/)
  const names = Object.keys(serverTexts)
  const found = asked.find((code) => names.includes(code)) ?? ctx.acceptsLanguages(names)
  return names.includes(String(found)) ? (found as PageLanguage) : 'en'
}
