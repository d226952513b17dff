import { t } from '../../translate/translate.ts'
import './toasts.css'
import { CloseButton } from '@mantine/core'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { Link } from '../navigation/link.tsx'
import { dismiss, type News, useNews } from './news.ts'

/** Time until a toast leaves by itself, in milliseconds. It waits while the agent points at it or focuses it. */
const shownMs = 15_000

/** News at the lower start corner, above the list of checks, where no page has buttons. */
export function Toasts() {
  const toasts = useNews((news) => news.toasts)
  const [alarms, others] = [toasts.filter(isAlarm), toasts.filter((news) => !isAlarm(news))]
  return (
    <div className="toasts">
      <div role="status">
        {others.map((news) => (
          <Toast key={news.key} news={news} />
        ))}
      </div>
      <div role="alert">
        {alarms.map((news) => (
          <Toast key={news.key} news={news} />
        ))}
      </div>
    </div>
  )
}

function isAlarm({ tone }: News): boolean {
  return tone === 'bad'
}

function Toast({ news: { key, title, text, tone, to } }: { news: News }) {
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismiss(key, false), shownMs)
    return () => clearTimeout(timer)
  }, [key, isHeld])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') dismiss(key, true)
  }
  return (
    <section
      className={`flex align-start gap-2 above-2 text-note toast ${tone}`}
      aria-label={title}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <p className="grow breaks">
        {to === undefined ? (
          <b className="block strong">{title}</b>
        ) : (
          <Link className="block strong" to={to}>
            {title}
          </Link>
        )}
        {text !== undefined && <span>{text}</span>}
      </p>
      <CloseButton
        size="sm"
        aria-label={t('Dismiss: {title}', { title })}
        onClick={() => dismiss(key, true)}
      />
    </section>
  )
}
