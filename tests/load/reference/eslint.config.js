/** The gateway's rules, by the gateway's ESLint: `npm run lint` */
export { default } from '../../../gateway/eslint.config.js'
