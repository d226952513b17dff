import { expect, test } from 'vitest'
import { html } from './html.ts'

test('what is put into a page is text, unless it is a piece of one', () => {
  const item = html`<li>${`<b>&"'`}</li>`
  expect(html`<ul title="${'"x"'}">${[item, item]}</ul>`.html).toBe(
    '<ul title="&quot;x&quot;"><li>&lt;b&gt;&amp;&quot;&#39;</li><li>&lt;b&gt;&amp;&quot;&#39;</li></ul>',
  )
})
