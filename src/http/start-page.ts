import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { type ServerTexts, serverTexts } from '../base/server-texts.ts'
import { type Html, html } from '../oauth/html.ts'
import type { FramePage } from '../oauth/pages.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import { isForStaff, isStaffHost, type OwnAddresses } from './guards/staff-host.ts'
import { pageLanguageOf } from './page-language.ts'
import type { MissingPage } from './server.ts'

type Needs = OwnAddresses & {
  framePage: FramePage
  realms: Pick<RealmStore, 'all'>
  /** Whether a realm has this host for itself. */
  hasHost(host: string): Promise<boolean>
}

type StartPageTexts = ServerTexts['startPage']

/**
 * The page at the root of the server, where people choose between the desk, the console and signing in. The root of a realm's
 * own host, and of the callers' host if staff have another, leads to the sign-in page instead, because its people have nothing to choose.
 */
export function startPage(needs: Needs): FastifyPluginAsync {
  return async (scope) => {
    scope.get('/', { config: { side: 'both' } }, (request, reply) => show(needs, request, reply))
  }
}

async function show(needs: Needs, { headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { framePage, realms } = needs
  if (await isForCallers(needs, headers.host)) return reply.redirect('/am/XUI/', 302)
  const language = pageLanguageOf(headers)
  const words = serverTexts[language].startPage
  const page = await framePage({
    language,
    title: words.title,
    organisation: 'Sidegate',
    sheet: sheetOf(words, onlyRealm(await realms.all())),
  })
  return reply.headers(pageHeaders).send(page)
}

async function isForCallers(needs: Needs, host: string | undefined): Promise<boolean> {
  if (isStaffHost(needs, host)) return false
  return !isForStaff(needs, host) || (host !== undefined && needs.hasHost(host))
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  vary: 'Accept, Accept-Language',
}

/** Paths of programs, which get errors as JSON whatever they accept. */
const wirePaths = /^\/(?:am\/(?:json|oauth2)|openidm)(?:\/|$)/

/**
 * Answers a browser that opens an address without a page. The page doesn't repeat the address, and looks the same on
 * every host.
 * @returns false for programs, which get JSON, and if the pages are not built.
 */
export function missingPage(framePage: FramePage): MissingPage {
  return async ({ method, url, headers, log }, reply) => {
    const [path = ''] = url.split('?')
    if (method !== 'GET' || wirePaths.test(path) || !isBrowser(headers)) return false
    const language = pageLanguageOf(headers)
    const words = serverTexts[language].startPage
    const page = await framePage({
      language,
      title: words.missingTitle,
      organisation: 'Sidegate',
      sheet: html`<div class="sheet">
        <div class="sheet-head"><h1>${words.missingTitle}</h1><p>${words.missingText}</p></div>
        <nav class="start-links"><a href="/"><b>${words.toStart}</b></a></nav>
      </div>`,
    }).catch((error: unknown) => {
      log.warn({ err: error }, 'the page for unknown addresses could not be shown')
      return undefined
    })
    if (page === undefined) return false
    await reply.code(404).headers(pageHeaders).send(page)
    return true
  }
}

/** Whether a person opens the address. Some programs accept HTML by default, but only browsers accept XHTML. */
function isBrowser(headers: FastifyRequest['headers']): boolean {
  const { accept = '', 'sec-fetch-dest': destination } = headers
  const opens =
    destination === undefined ? accept.includes('application/xhtml+xml') : destination === 'document'
  return opens && new Negotiator({ headers }).mediaType(['application/json', 'text/html']) === 'text/html'
}

/** The realm that the links name. With several, the page asks, because it shows no list of realms to everybody. */
function onlyRealm(realms: readonly { path: string; isActive: boolean }[]): string | undefined {
  const [first, another] = realms.filter(({ path, isActive }) => isActive && path !== '/')
  return another === undefined ? (first?.path ?? '/') : undefined
}

function sheetOf(words: StartPageTexts, realm: string | undefined): Html {
  return html`<div class="sheet">
    <div class="sheet-head"><h1>${words.title}</h1></div>
    ${realm === undefined ? askedRealm(words) : linksTo(words, realm)}
  </div>`
}

function linksTo(words: StartPageTexts, realm: string): Html {
  const query = `?realm=${encodeURIComponent(realm)}`
  return html`<nav class="start-links">
    ${link(`/desk/${query}`, words.desk, words.deskText)}
    ${link('/console/', words.console, words.consoleText)}
    ${link(`/am/XUI/${query}`, words.signIn, words.signInText)}
  </nav>`
}

function askedRealm(words: StartPageTexts): Html {
  return html`<form class="sheet-form" method="get">
      <label class="start-realm"><span>${words.realm}</span>
        <input name="realm" value="/" required pattern="/.*" dir="ltr" autocapitalize="none" spellcheck="false" autofocus>
      </label>
      <div class="sheet-actions">
        <button class="button main" formaction="/desk/">${words.desk}</button>
        <button class="button plain" formaction="/am/XUI/">${words.signIn}</button>
      </div>
    </form>
    <nav class="start-links">${link('/console/', words.console, words.consoleText)}</nav>`
}

function link(address: string, name: string, text: string): Html {
  return html`<a href="${address}"><b>${name}</b><span>${text}</span></a>`
}
