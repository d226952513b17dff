import './callers-link.css'
import { useEffect, useRef, useState } from 'react'
import { readCallersLink } from '../../api/callers-link.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { useWords } from '../translations/words.tsx'

/** The link that this journey waits for somebody to open, as an agent hands it on. Nobody else sees it. */
export default function CallersLink({ realm, authId }: { realm: string; authId: string }) {
  const words = useWords()
  const link = useLink(realm, authId)
  if (link === undefined) return null
  return (
    <section className="callers-link" aria-label={words.callersLink}>
      <p>{words.callersLink}</p>
      <CopyField text={link} label={words.callersLink} labels={words} />
    </section>
  )
}

/** Asked for once: the link stays the same while the page waits. */
function useLink(realm: string, authId: string): string | undefined {
  const [link, setLink] = useState<string>()
  const first = useRef(authId)
  useEffect(() => {
    const stop = new AbortController()
    // Whoever is no agent does without.
    readCallersLink(realm, first.current, stop.signal).then(setLink, () => {})
    return () => stop.abort()
  }, [realm])
  return link
}
