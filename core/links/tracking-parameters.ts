/**
 * Parameters that tell who came from where and nothing of what is shown. Names are compared without regard to case;
 * a trailing `*` stands for any ending. Generic names (`ref`, `from`, `source`, `type`, `t`, `p`, `mid`) carry meaning
 * on many sites and stand here only beside a host, if at all.
 */
export const TRACKING_EVERYWHERE =
  'utm_* mtm_* ga_* itm_* otm_* _ga _gl gclid gclsrc gbraid wbraid dclid gs_l srsltid ' +
  'fbclid fb_action_ids fb_action_types fb_source fb_ref msclkid yclid _openstat twclid ttclid igshid ' +
  'mc_cid mc_eid mkt_tok _hsenc __hssc __hstc __hsfp hsctatracking vero_id vero_conv oly_anon_id oly_enc_id ' +
  'wickedid s_cid cmpid ml_subscriber __s spm'

export interface HostTracking {
  /** As in {@link Redirector.hosts}. */
  hosts: string
  names: string
}

export const TRACKING_BY_HOST: readonly HostTracking[] = [
  {
    // `mid` and `from` are not here: they name a person and a place in some of the site's addresses.
    hosts: '.bilibili.com',
    names:
      'spm_id_from from_spmid vd_source from_source share_source share_medium share_plat share_tag share_session_id ' +
      'share_from unique_k buvid is_story_h5 up_id timestamp plat_id',
  },
  {
    // `xsec_token` stays: notes may not open without it.
    hosts: '.xiaohongshu.com',
    names: 'xhsshare xsec_source apptime share_id share_from_user_hidden',
  },
  { hosts: '.taobao.com .tmall.com', names: 'scm* utparam sp_tk ut_sk suid share_crt_v' },
  { hosts: '.weibo.com .weibo.cn', names: 'dt_dapp weibo_id sudaref' },
  { hosts: '.zhihu.com', names: 'utm_oi presentid' },
  { hosts: '.douban.com', names: 'dt_platform dt_dapp' },
  { hosts: '.csdn.net', names: 'depth_1-utm_source' },
  {
    hosts: 'tieba.baidu.com',
    names: 'share fr share_from sfc client_type client_version st is_video unique',
  },
  { hosts: '.instagram.com', names: 'igsh' },
  // `t` is a place in the film and stays.
  { hosts: '.youtube.com youtu.be', names: 'si pp' },
  { hosts: '.twitter.com .x.com', names: 's t ref_src' },
  { hosts: '.spotify.com', names: 'si' },
  { hosts: '.baidu.com', names: 'rsv_*' },
]
