import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { Advice, ServerPage } from '../../api/server-page.ts'

type Listed = Advice & { about: string }

/** Dangerous and missing settings, the dangerous first. */
export function AdviceList({ page }: { page: ServerPage }) {
  const all = allAdvice(page)
  return (
    <section className="stack gap-3" aria-labelledby="server-advice">
      <h2 className="text-read strong" id="server-advice">
        What needs attention
      </h2>
      {all.length === 0 && (
        <p className="callout good row gap-3 pad-3 text-note">
          <IconCircleCheck size={18} stroke={1.75} aria-hidden />
          <span>Nothing is missing, and no setting is unsafe.</span>
        </p>
      )}
      <ul className="told stack gap-2">
        {all.map(({ kind, about, text }) => (
          <li
            key={about}
            className={`callout flex gap-3 pad-3 text-note ${kind === 'danger' ? 'bad' : 'warn'}`}
          >
            {kind === 'danger' ? (
              <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
            ) : (
              <IconInfoCircle size={18} stroke={1.75} aria-hidden />
            )}
            <div>
              <strong>
                {kind === 'danger' ? 'Unsafe' : 'Missing'}: {about}
              </strong>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function allAdvice({ settings, advice }: ServerPage): Listed[] {
  const ofSettings = settings.flatMap(({ title, advice: found }) =>
    found === null ? [] : [{ ...found, about: title }],
  )
  const others = advice.map((found) => ({ ...found, about: 'Sample people' }))
  const all = [...others, ...ofSettings]
  return [...all.filter(({ kind }) => kind === 'danger'), ...all.filter(({ kind }) => kind === 'missing')]
}
