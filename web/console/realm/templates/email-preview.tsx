import { SegmentedControl } from '@mantine/core'
import DOMPurify from 'dompurify'
import { useState } from 'react'
import { fillPlaceholders } from './template-texts.ts'

type Props = { subject: string; body: string; isHtml: boolean }

/** A mail as it would arrive, in a frame where nothing runs and nothing leads out. Its own styles are left out. */
export function EmailPreview({ subject, body, isHtml }: Props) {
  const [view, setView] = useState('html')
  const text = fillPlaceholders(body)
  const clean = DOMPurify.sanitize(withoutStyles(text), {
    FORBID_TAGS: ['style', 'form', 'img'],
    FORBID_ATTR: ['style', 'href'],
  })
  return (
    <section className="mail-preview" aria-label="Preview">
      <div className="bar">
        <strong>
          <bdi>{fillPlaceholders(subject) || 'No subject'}</bdi>
        </strong>
        {isHtml && (
          <SegmentedControl
            aria-label="Shown as"
            size="xs"
            data={[
              { value: 'html', label: 'HTML' },
              { value: 'plain', label: 'Plain' },
            ]}
            value={view}
            onChange={setView}
          />
        )}
      </div>
      {isHtml && view === 'html' ? (
        <iframe
          title="Mail"
          sandbox=""
          srcDoc={`<!doctype html><html lang="en"><head><title>Mail</title></head><body><main><h1>Mail</h1>${clean}</main></body></html>`}
        />
      ) : (
        <pre dir="auto">{isHtml ? plainText(clean) : text}</pre>
      )}
    </section>
  )
}

/** For peace alone, the guard is DOMPurify: our policy reports a style even where it is only looked at. */
function withoutStyles(html: string): string {
  return html.replace(/<style[\s\S]*?<\/style>/gi, '').replace(/\sstyle=("[^"]*"|'[^']*')/gi, '')
}

/** What those read who see no HTML. */
function plainText(html: string): string {
  const { body } = new DOMParser().parseFromString(html.replace(/<\/(p|div|h\d|li)>/g, '$&\n'), 'text/html')
  return (body.textContent ?? '').replace(/\n{3,}/g, '\n\n').trim()
}
