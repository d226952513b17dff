import './callers-link.css'
import { useEffect, useRef, useState } from 'react'
import { readCallersLink } from '../../api/callers-link.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { useTexts } from '../translations/texts.tsx'

/** The caller's link, shown to agents who run the check in the sign-in page. */
export default function CallersLink({ realm, authId }: { realm: string; authId: string }) {
  const texts = useTexts()
  const link = useLink(realm, authId)
  if (link === undefined) return null
  return (
    <section className="callers-link" aria-label={texts.callersLink}>
      <p>{texts.callersLink}</p>
      <CopyField text={link} label={texts.callersLink} labels={texts} />
    </section>
  )
}

/** Reads the link once, because it stays the same while the page polls. */
function useLink(realm: string, authId: string): string | undefined {
  const [link, setLink] = useState<string>()
  const first = useRef(authId)
  useEffect(() => {
    const stop = new AbortController()
    // People who are not agents get an error, and see no link.
    readCallersLink(realm, first.current, stop.signal).then(setLink, () => {})
    return () => stop.abort()
  }, [realm])
  return link
}
