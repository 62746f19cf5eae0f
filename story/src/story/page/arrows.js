'use strict'
// Draws a line from each cause to its effect where the lanes stand side by side, and brings out
// what belongs to one trace. Without it the links on the cards say the same.
;(() => {
  const SVG = 'http://www.w3.org/2000/svg'
  const timeline = document.querySelector('.timeline')
  const lanes = matchMedia('screen and (min-width: 64rem)')
  const arrows = document.createElementNS(SVG, 'svg')
  arrows.setAttribute('class', 'arrows')
  arrows.setAttribute('aria-hidden', 'true')
  timeline.append(arrows)

  const make = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    parent.append(made)
    return made
  }

  const place = (card, origin) => {
    const box = card.getBoundingClientRect()
    return {
      left: box.left - origin.left,
      right: box.right - origin.left,
      top: box.top - origin.top,
      bottom: box.bottom - origin.top,
      middle: box.left + box.width / 2 - origin.left,
    }
  }

  const line = (from, to) => {
    if (Math.abs(from.middle - to.middle) < 8) {
      const x = from.left + 24
      return `M ${x} ${from.bottom} L ${x} ${to.top - 6}`
    }
    const eastward = to.middle > from.middle
    if (to.top < from.top + 22) {
      const side = eastward ? to.left - 6 : to.right + 6
      return `M ${eastward ? from.right : from.left} ${from.top + 22} L ${side} ${from.top + 22}`
    }
    const start = eastward ? from.right : from.left
    const level = Math.min(from.bottom - 12, from.top + 22)
    const end = eastward ? to.left + 24 : to.right - 24
    return `M ${start} ${level} Q ${end} ${level}, ${end} ${to.top - 6}`
  }

  const draw = () => {
    arrows.replaceChildren()
    if (!lanes.matches) return
    const tip = { id: 'tip', viewBox: '0 0 8 8', refX: 6, refY: 4, orient: 'auto' }
    const head = make('marker', { ...tip, markerWidth: 6, markerHeight: 6 }, arrows)
    make('path', { d: 'M 0 0 L 8 4 L 0 8 z' }, head)
    const origin = timeline.getBoundingClientRect()
    for (const card of timeline.querySelectorAll('[data-cause]')) {
      const cause = document.getElementById(card.dataset.cause)
      if (!cause?.classList.contains('card')) continue
      const d = line(place(cause, origin), place(card, origin))
      const trace = card.dataset.trace ?? ''
      make('path', { d, 'marker-end': 'url(#tip)', 'data-trace': trace }, arrows)
    }
  }

  const bringOut = (event) => {
    const trace = event.target.closest?.('.card')?.dataset.trace
    for (const each of timeline.querySelectorAll('[data-trace]')) {
      each.classList.toggle('related', trace !== undefined && each.dataset.trace === trace)
    }
  }

  timeline.addEventListener('pointerover', bringOut)
  timeline.addEventListener('focusin', bringOut)
  new ResizeObserver(draw).observe(timeline)
  lanes.addEventListener('change', draw)
  addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('details')) each.open = true
  })
})()
