import { SegmentedControl } from '@mantine/core'
import DOMPurify from 'dompurify'
import { useState } from 'react'
import { styleNonce } from '../../../design/mantine/mantine.tsx'
import { fillPlaceholders } from './template-texts.ts'

type Props = { subject: string; body: string; isHtml: boolean }

/** Preview of an email in a sandboxed frame, with its styles. Links lead nowhere, and scripts, forms and images are left out. */
export function EmailPreview({ subject, body, isHtml }: Props) {
  const [view, setView] = useState('html')
  const text = fillPlaceholders(body)
  const { css, html } = apart(text)
  const clean = DOMPurify.sanitize(html, { FORBID_TAGS: ['style', 'form', 'img'], FORBID_ATTR: ['style'] })
  return (
    <section className="mail-preview panel" aria-label="Preview">
      <div className="bar row wrap justify-between gap-2 pad-3 breaks">
        <strong>
          <bdi>{fillPlaceholders(subject) || 'No subject'}</bdi>
        </strong>
        {isHtml && (
          <SegmentedControl
            aria-label="Format"
            size="xs"
            data={[
              { value: 'html', label: 'HTML' },
              { value: 'plain', label: 'Plain text' },
            ]}
            value={view}
            onChange={setView}
          />
        )}
      </div>
      {isHtml && view === 'html' ? (
        <iframe
          className="block full-width"
          title="Email"
          sandbox=""
          srcDoc={`<!doctype html><html lang="en" id="mail"><head><title>Email</title><style nonce="${styleNonce()}">${css}</style></head><body><main>${clean}</main></body></html>`}
        />
      ) : (
        <pre className="pad-4 breaks" dir="auto">
          {isHtml ? plainText(clean) : text}
        </pre>
      )}
    </section>
  )
}

/**
 * The styles of an email apart from its elements, because the content security policy allows a style sheet with the page's nonce, but
 * no `style` attributes, and reports those that are parsed. Nothing is loaded for them.
 */
function apart(mail: string): { css: string; html: string } {
  const sheets: string[] = []
  const unstyled = mail
    .replace(/<style[^>]*>([\s\S]*?)<\/style>/gi, (_all, css: string) => {
      sheets.push(css)
      return ''
    })
    .replace(/\sstyle=("[^"]*"|'[^']*')/gi, ' data-style=$1')
  const { body } = new DOMParser().parseFromString(unstyled, 'text/html')
  for (const [at, element] of [body, ...body.querySelectorAll<HTMLElement>('[data-style]')].entries()) {
    const place = at === 0 ? 'body' : `[data-style="${at}"]`
    sheets.push(`#mail#mail ${place} { ${element.dataset.style ?? ''} }`)
    element.dataset.style = String(at)
  }
  for (const link of body.querySelectorAll('a')) link.tabIndex = -1
  return {
    css: withoutAddresses(`${sheets.join('\n')} #mail#mail a { pointer-events: none }`),
    html: body.innerHTML,
  }
}

/** In the browser's own spelling, without imports. */
function withoutAddresses(css: string): string {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  const rules = [...sheet.cssRules].map(({ cssText }) => cssText.replace(/url\(/gi, 'none('))
  return rules.join('\n').replaceAll('<', '')
}

/** The plain text version of an HTML email. */
function plainText(html: string): string {
  const { body } = new DOMParser().parseFromString(html.replace(/<\/(p|div|h\d|li)>/g, '$&\n'), 'text/html')
  return (body.textContent ?? '').replace(/\n{3,}/g, '\n\n').trim()
}
