import { SegmentedControl } from '@mantine/core'
import DOMPurify from 'dompurify'
import { useState } from 'react'
import { fillPlaceholders } from './template-texts.ts'

type Props = { subject: string; body: string; isHtml: boolean }

/** Preview of an email in a sandboxed frame, without scripts, links, images and styles. */
export function EmailPreview({ subject, body, isHtml }: Props) {
  const [view, setView] = useState('html')
  const text = fillPlaceholders(body)
  const clean = DOMPurify.sanitize(withoutStyles(text), {
    FORBID_TAGS: ['style', 'form', 'img'],
    FORBID_ATTR: ['style', 'href'],
  })
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
          srcDoc={`<!doctype html><html lang="en"><head><title>Email</title></head><body><main><h1>Email</h1>${clean}</main></body></html>`}
        />
      ) : (
        <pre className="pad-4 breaks" dir="auto">
          {isHtml ? plainText(clean) : text}
        </pre>
      )}
    </section>
  )
}

/** Avoids reports of the content security policy. DOMPurify does the actual sanitizing. */
function withoutStyles(html: string): string {
  return html.replace(/<style[\s\S]*?<\/style>/gi, '').replace(/\sstyle=("[^"]*"|'[^']*')/gi, '')
}

/** The plain text version of an HTML email. */
function plainText(html: string): string {
  const { body } = new DOMParser().parseFromString(html.replace(/<\/(p|div|h\d|li)>/g, '$&\n'), 'text/html')
  return (body.textContent ?? '').replace(/\n{3,}/g, '\n\n').trim()
}
