/* The site's own scripts, in the site's own fashion: jQuery, delegated events, pjax. */
/* global $ */
;(function () {
  $.pjax.defaults.timeout = 10000
  $.pjax.defaults.scrollTo = 0
  $(document).pjax(
    '#page-content a:not([data-no-pjax]):not([target=_blank]):not([href^="javascript"])',
    '#page-content',
  )
  $(document).on('pjax:send', () => $('body').addClass('loading'))
  $(document).on('pjax:complete', () => $('body').removeClass('loading'))
  $(document).on('pjax:end', () => {
    document.title = $('#bdwm-title').text()
    $(document).trigger('bbs:ready')
  })

  const goTo = (button) => {
    const input = $(button).closest('.paging').find('[data-role=goto-input]')
    const page = Math.min(Math.max(1, Number(input.val()) || 1), Number(input.attr('max')))
    const link = $(button).closest('.paging').find('[data-action=goto]')
    const url = `post-read.php?bid=${link.data('bid')}&threadid=${link.data('threadid')}&page=${page}`
    $.pjax({ url, container: '#page-content' })
  }
  $(document).on('click', '[data-action=goto]', function (event) {
    event.preventDefault()
    goTo(this)
  })
  $(document).on('keydown', '[data-role=goto-input]', function (event) {
    if (event.key === 'Enter') goTo(this)
  })

  $(document).on('click', '[data-action=upvote], [data-action=downvote]', function (event) {
    event.preventDefault()
    const button = $(this)
    const action = button.data('action')
    const postId = button.closest('.post-card').data('postid')
    $.post('ajax/post_vote.php', { action, postid: postId }, (answer) => {
      const line = button.closest('.post-vote-line')
      line.find('.upvote-count').text(`赞(${answer.up})`)
      line.find('.downvote-count').text(`踩(${answer.down})`)
      button.addClass('checked')
    })
  })

  $(document).on('click', '.quote-expand', function (event) {
    event.preventDefault()
    $(this).prevUntil('.quotehead', '.quote-rest').toggleClass('shown')
    $(this)
      .find('a')
      .text((_, text) => (text === '展开引文' ? '收起引文' : '展开引文'))
  })

  const closeViewer = () => $('#image-viewer').remove()
  $(document).on('click', '.image-click-view img, a.highslide img', function (event) {
    event.preventDefault()
    closeViewer()
    $('<div id="image-viewer" role="dialog"></div>')
      .append($('<img>', { src: this.src, alt: this.alt }))
      .appendTo('body')
  })
  $(document).on('click', '#image-viewer', closeViewer)
  $(document).on('keydown', (event) => {
    if (event.key === 'Escape') closeViewer()
  })

  $(document).on('click', '.sl-triangle-container', function () {
    $(this).toggleClass('open')
  })
  $(document).on('click', '.copy-link', function (event) {
    event.preventDefault()
    $(this).text('[已复制]')
    navigator.clipboard?.writeText($('#post-read > header h3').text() + ' ' + ($(this).data('link') || location.href))
  })
})()
