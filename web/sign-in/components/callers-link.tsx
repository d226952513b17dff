import './callers-link.css'
import { useEffect, useRef, useState } from 'react'
import { readCallersLink } from '../../api/callers-link.ts'
import { ApiError } from '../../api/request.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { useTexts } from '../translations/texts.tsx'

/** The caller's link, shown to agents who run the check in the sign-in page. */
export default function CallersLink({ realm, authId }: { realm: string; authId: string }) {
  const texts = useTexts()
  const { link, isSignedOut = false } = useLink(realm, authId)
  if (isSignedOut) return <p className="note">{texts.agentsLink}</p>
  if (link === undefined) return null
  return (
    <section className="callers-link" aria-label={texts.callersLink}>
      <p>{texts.callersLink}</p>
      <CopyField text={link} label={texts.callersLink} labels={texts} />
    </section>
  )
}

type Found = { link?: string | undefined; isSignedOut?: boolean }

/** Reads the link once, because it stays the same while the page polls. */
function useLink(realm: string, authId: string): Found {
  const [found, setFound] = useState<Found>({})
  const first = useRef(authId)
  useEffect(() => {
    const stop = new AbortController()
    readCallersLink(realm, first.current, stop.signal).then(
      (link) => setFound({ link }),
      // People who are signed in and not agents see nothing.
      (error: unknown) => error instanceof ApiError && error.code === 401 && setFound({ isSignedOut: true }),
    )
    return () => stop.abort()
  }, [realm])
  return found
}
