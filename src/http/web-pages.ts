import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { dressedPage } from './dressed-page.ts'
import { type FirstLook, type FirstLookSources, firstLookOf } from './first-look.ts'
import type { Side } from './guards/staff-host.ts'
import { pageLanguageOf } from './page-language.ts'
import { throwUnbuilt } from './plain-page.ts'

type PageName = 'sign-in' | 'sign-in/short-code' | 'sign-in/own-sessions' | 'desk' | 'console'

/** Pages with Mantine and CodeMirror, which write `<style>` elements. */
const styledPages: ReadonlySet<PageName> = new Set(['desk', 'console'])

/** The URL paths of each page. The desk and the console route paths below theirs in the browser. */
export const pageAddresses: readonly (readonly [address: string, page: PageName, side: Side])[] = [
  ['/am/XUI', 'sign-in', 'both'],
  ['/am/XUI/*', 'sign-in', 'both'],
  ['/am/UI/Login', 'sign-in', 'both'],
  ['/c', 'sign-in/short-code', 'callers'],
  ['/enduser', 'sign-in/own-sessions', 'callers'],
  ['/enduser/*', 'sign-in/own-sessions', 'callers'],
  // rule R15: otherwise the desk is a page of callers
  ['/desk', 'desk', 'staff'],
  ['/desk/*', 'desk', 'staff'],
  ['/console', 'console', 'staff'],
  ['/console/*', 'console', 'staff'],
]

/** `shortName`: the name that callers read at the short address. */
type PageSources = FirstLookSources & { shortName: string | undefined }

/** In seconds. Assets with a hash in their name never change. */
const oneYear = 31_536_000

/**
 * Serves the pages: sign-in, short codes, own sessions, desk and console. They are static files that call the public REST API. The HTML of
 * the sign-in page also has the look of its realm.
 * @param folder output of `vite build` for `web/`.
 */
export function webPages(folder: string, sources: PageSources): FastifyPluginAsync {
  return async (scope) => {
    // The plugin has no option for it.
    scope.addHook('onRoute', (route) => {
      route.config = { side: 'both', ...route.config }
    })
    await scope.register(assets(join(folder, 'assets')))
    const readPage = pageReader(folder)
    for (const [address, page, side] of pageAddresses) {
      scope.get(address, { config: { side, isPage: true } }, async (request, reply) =>
        sendPage(request, reply, page, await dressed(sources, request, page, await readPage(page))),
      )
    }
    scope.get('/am', { config: { side: 'both' } }, toSignIn)
  }
}

function assets(root: string): FastifyPluginAsync {
  return async (scope) => {
    scope.addHook('onSend', async (request, reply, content) => gzipped(request, reply, content))
    await scope.register(fastifyStatic, {
      root,
      prefix: '/am/XUI/assets/',
      decorateReply: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, file) {
        const isHashed = /-[\w-]{8}\.\w+(\.br)?$/.test(file)
        reply.header(
          'cache-control',
          isHashed ? `public, max-age=${oneYear}, immutable` : 'public, max-age=0, must-revalidate',
        )
      },
    })
  }
}

/** The Brotli copies of assets are files. Browsers accept Brotli over TLS and from localhost only: the others get gzip. */
function gzipped(request: FastifyRequest, reply: FastifyReply, content: unknown): unknown {
  const isWanted = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(request.headers['accept-encoding'] ?? '')
  if (!isWanted || reply.statusCode !== 200 || !(content instanceof Readable)) return content
  if (reply.hasHeader('content-encoding')) return content
  reply.header('content-encoding', 'gzip').removeHeader('content-length')
  return pipeline(content, createGzip(), noError)
}

/** Fastify ends an answer whose stream fails. */
function noError(): void {}

function toSignIn(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.redirect('/am/XUI/', 302)
}

/** Reads each page only once, so that a running server serves one version. */
function pageReader(folder: string): (page: PageName) => Promise<string> {
  const pages = new Map<PageName, string>()
  return async (page) => {
    const html =
      pages.get(page) ?? (await readFile(join(folder, page, 'index.html'), 'utf8').catch(throwUnbuilt))
    pages.set(page, html)
    return html
  }
}

async function dressed(
  sources: PageSources,
  request: FastifyRequest,
  page: PageName,
  template: string,
): Promise<string> {
  if (page === 'sign-in/short-code') {
    const locale = new URLSearchParams(request.url.split('?', 2)[1]).get('locale') ?? undefined
    const language = pageLanguageOf(request.headers, locale)
    return dressedPage(template, { language, page: 'shortCode', name: sources.shortName ?? 'Sidegate' })
  }
  if (page !== 'sign-in' && page !== 'sign-in/own-sessions') return template
  const look = await lookFor(sources, request)
  const language = look?.language ?? pageLanguageOf(request.headers)
  return dressedPage(template, { language, page: page === 'sign-in' ? 'signIn' : 'ownSessions', look })
}

/** The page also works without its look, so an error does not hide it. The log must not have the URL, which is a secret. */
function lookFor(sources: FirstLookSources, request: FastifyRequest): Promise<FirstLook | undefined> {
  return firstLookOf(sources, request).catch((error: unknown) => {
    request.log.warn({ err: error }, 'reading the look of a page failed; the page loads it itself')
    return undefined
  })
}

function sendPage({ url }: FastifyRequest, reply: FastifyReply, page: PageName, html: string): FastifyReply {
  const nonce = styledPages.has(page) ? randomBytes(16).toString('base64') : undefined
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyOf(nonce, captchaSourcesAt(url.split('?', 1)[0] ?? '')),
      'x-frame-options': 'DENY',
      // rule H14: otherwise the caller's page leaks its link to other sites
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy':
        'camera=(), microphone=(), geolocation=(self), publickey-credentials-get=(self), publickey-credentials-create=(self)',
    })
    .send(nonce === undefined ? html : html.replace('{{nonce}}', nonce))
}

/**
 * The content security policy of a page. Mantine and CodeMirror write `<style>` elements, which need the nonce; the
 * callers' pages use neither. Images may come from any host over TLS, for the logos of realms and identity providers.
 * @param captcha sources of a CAPTCHA service, on the sign-in page's paths for one.
 */
function policyOf(nonce: string | undefined, captcha: CaptchaSources): string {
  const own = (directive: string, sources: readonly string[]) => [directive, "'self'", ...sources].join(' ')
  return [
    "default-src 'none'",
    own('script-src', captcha.scripts),
    own('style-src', nonce === undefined ? captcha.styles : [`'nonce-${nonce}'`]),
    "img-src 'self' data: https:",
    "font-src 'self'",
    own('connect-src', captcha.connections),
    ...(captcha.frames.length === 0 ? [] : [`frame-src ${captcha.frames.join(' ')}`]),
    "manifest-src 'self'",
    "form-action 'self' https:",
    // rule H14: otherwise another site can frame the caller's page
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** Origins that a CAPTCHA service needs. Source: each service's page on content security policies. */
type CaptchaSources = { scripts: string[]; frames: string[]; styles: string[]; connections: string[] }

const recaptcha = ['https://www.google.com/recaptcha/', 'https://www.recaptcha.net/recaptcha/']
const hcaptcha = ['https://hcaptcha.com', 'https://*.hcaptcha.com']
const turnstile = ['https://challenges.cloudflare.com']

/** Services whose scripts may run in the sign-in page, by their names in its path. Journeys cannot add any. */
const services: Readonly<Record<string, CaptchaSources>> = {
  recaptcha: {
    scripts: [...recaptcha, 'https://www.gstatic.com/recaptcha/', 'https://www.gstatic.cn/recaptcha/'],
    frames: [...recaptcha, 'https://recaptcha.google.com/recaptcha/'],
    styles: [],
    connections: recaptcha,
  },
  hcaptcha: { scripts: hcaptcha, frames: hcaptcha, styles: hcaptcha, connections: hcaptcha },
  turnstile: { scripts: turnstile, frames: turnstile, styles: [], connections: turnstile },
}

/**
 * The additional origins of the sign-in page on a path. The page moves to `/am/XUI/captcha/hcaptcha/` for a step that needs
 * hCaptcha, and leaves that path afterwards.
 */
function captchaSourcesAt(path: string): CaptchaSources {
  const name = /^\/am\/XUI\/captcha\/(\w+)(?:\/|$)/.exec(path)?.[1]
  const found = name !== undefined && Object.hasOwn(services, name) ? services[name] : undefined
  return found ?? { scripts: [], frames: [], styles: [], connections: [] }
}
