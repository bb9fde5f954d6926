import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

export default defineConfig({
  plugins: [WxtVitest(), vue()],
  test: { include: ['test/unit/**/*.test.ts'], setupFiles: ['test/unit/setup.ts'], testTimeout: 20_000 },
})
