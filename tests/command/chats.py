"""Chats as people in a county copy them out of a group: invented, with what they tell."""

TOWNSHIPS = ["城关镇", "河口镇", "新安镇", "石门镇", "柳湾乡", "东岭乡", "北山乡"]

# The text, and of each element what should be found: values, in order.
CHATS = {
    "fire, two speakers": (
        ("东岭林业站老周 2026/7/14 4:05:12\n鹰嘴岩东坡着火了，大概今早3点50分起的火，过火约26公顷，风大往东烧\n\n"
        "村支书李大山 4:08\n东岭乡鹰嘴岩下面2个村民小组63人正在转移，有2人受伤，请求派风力灭火机20台\n"),
        {"hazard": ["11G"], "time": ["大概今早3点50分"], "area": ["约26公顷"], "injured": ["2"],
         "evacuated": ["63"], "requests": ["请求派风力灭火机20台"]},
    ),
    "two numbers": (
        "张三：河口镇塌方，3人失联\n李四：河口镇塌方，失联5人",
        {"hazard": ["11D"], "missing": ["3", "5"], "place": ["河口镇"]},
    ),
    "seepage": (
        "王站长 04:02\n石门水库坝体渗水，水位还在涨。无人员伤亡。需要编织袋2万条",
        {"place": ["石门水库"], "hazard": ["11A"], "dead": ["0"], "badly_injured": ["0"],
         "requests": ["需要编织袋2万条"]},
    ),
    "for the time being nobody": (
        "柳湾乡半小时前塌方，三间房倒了，暂无人员伤亡",
        {"place": ["柳湾乡"], "time": ["半小时前"], "houses": ["3"], "dead": []},
    ),
    "a crash": (
        "今早刚才4:15 两车相撞，死亡一人，重伤二人",
        {"hazard": ["12"], "dead": ["1"], "badly_injured": ["2"]},
    ),
    "forty odd": (
        "河口镇小刘：堤脚冒浑水，已转移40余人，约120户进水",
        {"hazard": ["11A"], "evacuated": ["40余"], "houses": ["约120户"]},
    ),
    "a form in words": (
        "时间：7月14日3:40\n地点：北山乡云台村\n情况：山体滑坡，压垮民房2间\n伤亡：被埋3人",
        {"time": ["7月14日3:40"], "place": ["北山乡云台村"], "hazard": ["11D"], "trapped": ["3"]},
    ),
    "taken back": (
        "“老王”撤回了一条消息\n老王：刚才说错了，是2人受伤不是5人受伤",
        {"injured": ["2", "5"]},
    ),
    "a picture alone": ("小陈 03:58\n[图片]\n[语音] 12″", {"hazard": [], "dead": []}),
    "poisoning": (
        "新安镇卫生院：新安镇中学学生上吐下泻，已送来18人，没有重伤",
        {"hazard": ["13"], "place": ["新安镇中学"], "badly_injured": []},
    ),
    "wide figures": ("河口镇：死亡０人，失踪１２人", {"dead": ["0"], "missing": ["12"]}),
    "inline stamps": (
        "赵主任 2026-07-14 03:55:10: 城关镇内涝，地下车库被困4人\n赵主任 2026-07-14 04:01:22: 已救出2人",
        {"hazard": ["11A"], "place": ["城关镇"], "trapped": ["4"]},
    ),
    "separators": (
        "—————  2026-07-14  —————\n\n刘工  04:03\n\n溪口村大桥水位漫过桥面\n",
        {"hazard": ["11A"], "place": ["溪口村大桥"]},
    ),
    "mentions": (
        "值班员小吴：@所有人 请各村上报\n石桥村：我村无人受伤\n北坡村：进水12户，撤离约30人",
        {"houses": ["12"], "evacuated": ["约30"]},
    ),
    "missing and found": (
        "林场：失联2名工人已找到1人", {"missing": ["2"]},
    ),
    "hectares and acres": (
        "东岭乡：过火面积15亩", {"hazard": ["11G"], "area": ["15"]},
    ),
    "a quake": (
        "石门镇：刚刚有地震，房子晃得厉害，没看到伤亡", {"hazard": ["11C"], "dead": []},
    ),
    "threatened villages": (
        "东岭乡：山火威胁3个自然村", {"villages": ["3"], "hazard": ["11G"]},
    ),
    "house fire": (
        "城关镇老街民房起火，2名老人被困", {"hazard": ["12"], "trapped": ["2"]},
    ),
    "dialect": (
        "婆娘些：水都涨到屋头来咯，快来救人哦", {"dead": [], "trapped": []},
    ),
    "no colon": ("北山乡 冒烟 看不清", {"place": ["北山乡"]}),
    "chatter": ("收到\n收到\n[强]\n好的", {"hazard": [], "place": [], "time": []}),
    "phone number": (
        "河口镇李明13800000001：山洪下来了", {"hazard": ["11A"], "dead": [], "missing": []},
    ),
    "english clock": ("张三 下午3:05\n昨晚十点半起的大雨", {"time": ["昨晚十点半"]}),
}  # fmt: skip
